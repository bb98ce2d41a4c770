// SPDX-License-Identifier: Apache-2.0
//
// Goal: addresses and keys of crypto currencies are masked by their check or, where they have none
// that is cheap, by their shape, also in pieces; hashes, encoded data and mistyped addresses are
// left alone.
// Method: examples with the place in braces, all kinds on. The addresses were made from random
// bytes by a script of its own; nobody has their keys.
#include <criterion/criterion.h>

#include "support/finder.h"

TestSuite(identify_crypto, .init = sl_test_finder_init, .fini = sl_test_finder_done);

#define EXPECT(examples)                                                                           \
    sl_test_expect_marked(SL_KIND_CRYPTO_WALLET, examples, sizeof(examples) / sizeof(examples)[0])

Test(identify_crypto, look_checked_address_masks_it) {
    static const struct sl_test_example examples[] = {
        SL_TEST_EXAMPLE("{1G53gZGr32vHPBxhCvbH1JPNc4oYyfsZhG}"),
        SL_TEST_EXAMPLE("mandami tutto su {13u7FYGqDfYjjsP6VSznB5be4mHHZo4rPT}, grazie"),
        SL_TEST_EXAMPLE("dona a {3Md22CZqjcywyCYDxwF2M4or9afoT363FB}."),
        SL_TEST_EXAMPLE("bitcoin:{38oLSzbunkKtYAZGhiT6Tg42cCWsAJRG7f}?amount=1"),
        SL_TEST_EXAMPLE("{LbN69ht3xQnXXCt1pRYGyQVufBwQ2Mseuv}"),
        SL_TEST_EXAMPLE("ltc {MPmjCS8Nk7xDgM1DPRiCP4A19itCGxjpJ1}"),
        SL_TEST_EXAMPLE("{DMmnskP66CiaTU3FAsUjqF8ks4Z6wxYLTj} much wow"),
        SL_TEST_EXAMPLE("usdt {TSwYKvVP8WatVgESK9aCKemx3oFrRPhTQu}"),
        SL_TEST_EXAMPLE("xrp {rfZrPSDn1QR7kqtfAppa7ydqKqAwNLQpyG}"),
        SL_TEST_EXAMPLE("{KxKdpmoyFUfv56MqhdjxkSQXHkRFQjq93cLBNZUEbPmd7hfAGMee}"),
        SL_TEST_EXAMPLE("{bc1qys0dwalcy7jzvyf4sngq7rl3xdljjaaaujdrug}"),
        SL_TEST_EXAMPLE("{bc1p8vn97pjayu3cddy9fshg38hwllep2qluenf6kc584q54e8vqjshy49vwwa}"),
        SL_TEST_EXAMPLE("({BC1QWQQNA350700P6NRPVL69SWMHWLZ46HEV9U573M})"),
        SL_TEST_EXAMPLE("{ltc1qecyhm3r3xrjf03m5vhmped9r6ugjlrg2vcd3g7}"),
        SL_TEST_EXAMPLE("btc {1G53gZGr32vHPBxhC vbH1JPNc4oYyfsZhG} inviate"),
        SL_TEST_EXAMPLE("ecco {1G53gZGr32vHPBxhC vbH1JPNc4oYyfsZhG}"),
        SL_TEST_EXAMPLE("wallet: {1G53 gZGr 32vH PBxh CvbH 1JPN c4oY yfsZ hG} ok?"),
        SL_TEST_EXAMPLE("indirizzo btc è {3Md22CZqj-cywyCYDxwF-2M4or9afoT-363FB}"),
        SL_TEST_EXAMPLE("wallet {1G53gZ&#71;r32vHPBxhCvbH1JPNc4oYyf%73ZhG}"),
        SL_TEST_EXAMPLE("wallet {bc1qys0dwalcy7jzvyf4sngq7rl3x&#100;ljjaaaujdrug}"),
    };
    EXPECT(examples);
}

Test(identify_crypto, look_shaped_address_masks_it) {
    static const struct sl_test_example examples[] = {
        SL_TEST_EXAMPLE("{0x09A26f6967e7893DfD57fdF1D4c160D4d115cea3}"),
        SL_TEST_EXAMPLE("eth {0x25a65e19cbae530282bd36cb9d21f6be6abf0d7c}!"),
        SL_TEST_EXAMPLE("eth {0x25a65e19cbae530282bd 36cb9d21f6be6abf0d7c}"),
        SL_TEST_EXAMPLE(
            "{4A3R3W5t4HDp5zfNQJNg3HpnmMJL1oqfth52uF7XnWrRsHUuY9YC1tpLumrAfGMxMWQssf6ZDS"
            "qBGT5i3XcbMBUy75Hg6E7}"),
    };
    EXPECT(examples);
}

Test(identify_crypto, look_what_fails_its_check_or_has_no_shape_keeps_it) {
    static const struct sl_test_example examples[] = {
        SL_TEST_EXAMPLE("1G53gZGr32vHPBxhCvbH1JPNc4oYyfsZhH"),
        SL_TEST_EXAMPLE("wallet 1G53gZGr32vHPBxhCvbH1JPNc4oYyfsZh"),
        SL_TEST_EXAMPLE("1g53gzgr32vhpbxhcvbh1jpnc4oyyfszhg"),
        SL_TEST_EXAMPLE("bc1qys0dwalcy7jzvyf4sngq7rl3xdljjaaaujdruq"),
        SL_TEST_EXAMPLE("bc1qys0dwalcy7jzvyf4sngq7rl3XDLJJAAAUJDRUG"),
        SL_TEST_EXAMPLE("commit dfe574de739988b886e7577496a2c8773e130f7e"),
        SL_TEST_EXAMPLE("0x25a65e19cbae530282bd36cb9d21f6be6abf0d7"),
        SL_TEST_EXAMPLE("0x25a65e19cbae530282bd36cb9d21f6be6abf0d7g"),
        SL_TEST_EXAMPLE("8f953371d3e85eddb89b05ed6b9e680791055315c73e1025ab5dba7bb2aee188"),
        SL_TEST_EXAMPLE("Q3yKF84DfueD5QZxCVfHrrj17hfngPE3QN"),
        SL_TEST_EXAMPLE("aW8gbm9uIHNvbm8gdW4gaW5kaXJpenpv"),
        SL_TEST_EXAMPLE("bitcoin a 100000 euro entro 2027, chi 1 chi 2"),
        SL_TEST_EXAMPLE("btc 1 eth 3 ltc 5 doge 100"),
        SL_TEST_EXAMPLE("#iononsonounindirizzobitcoin2026"),
        SL_TEST_EXAMPLE("youtu.be/dQw4w9WgXcQ e youtu.be/a1B2c3D4e5F"),
        SL_TEST_EXAMPLE("1G53gZGr32vHPBxhC e poi vbH1JPNc4oYyfsZhG"),
        SL_TEST_EXAMPLE("precipitevolissimevolmente1precipitevolissimevolmente"),
        SL_TEST_EXAMPLE("wallet [CRYPTO_WALLET]"),
        SL_TEST_EXAMPLE("[CRYPTO_WALLET] 13u7FYGqDfYjjs.P6VSznB5be4mHHZo4r.PT"),
    };
    EXPECT(examples);
}
