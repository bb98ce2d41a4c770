// SPDX-License-Identifier: Apache-2.0
//
// Goal: MAC addresses are masked in each of their forms; times, dates, codes and what belongs to no
// device are left alone.
// Method: examples with the place in braces, all kinds on.
#include <criterion/criterion.h>

#include "support/finder.h"

TestSuite(identify_mac, .init = sl_test_finder_init, .fini = sl_test_finder_done);

#define EXPECT(examples)                                                                           \
    sl_test_expect_marked(SL_KIND_MAC, examples, sizeof(examples) / sizeof(examples)[0])

Test(identify_mac, look_address_masks_it) {
    static const struct sl_test_example examples[] = {
        SL_TEST_EXAMPLE("il modem {3C:7A:8A:10:4F:E2} non si allinea"),
        SL_TEST_EXAMPLE("{3c:7a:8a:10:4f:e2}"),
        SL_TEST_EXAMPLE("{3C-7A-8A-10-4F-E2}, grazie"),
        SL_TEST_EXAMPLE("({e2-7a-8a-10-4f-3c})"),
        SL_TEST_EXAMPLE("{3c7a.8a10.4fe2} sul router"),
        SL_TEST_EXAMPLE("{e27a.8a10.4f3c}."),
        SL_TEST_EXAMPLE("mac {3C7A8A104FE2}"),
        SL_TEST_EXAMPLE("vedo {fc:7a:ea:db:cf:ee} in lista"),
        SL_TEST_EXAMPLE("vedo {fc-aa-ea-db-cf-e2} in lista"),
        SL_TEST_EXAMPLE("vedo {fcaa.eadb.cfe2} in lista"),
        SL_TEST_EXAMPLE("MAC address è 3com? no: {3C_7A_8A_10_4F_E2}"),
        SL_TEST_EXAMPLE("mac: {3c 7a 8a 10 4f e2}"),
        SL_TEST_EXAMPLE("mac {de:ad:be:ef:ca:fe}"),
        SL_TEST_EXAMPLE("indirizzo mac {DEADBEEFCAFE}"),
        SL_TEST_EXAMPLE("mac {10-22-33-40-50-61}"),
        SL_TEST_EXAMPLE("bssid {10:22:33:40:50:61} e {3c:7a:8a:10:4f:e2}"),
        SL_TEST_EXAMPLE("{３Ｃ:７Ａ:８Ａ:１０:４Ｆ:Ｅ２}"),
        SL_TEST_EXAMPLE("mac\u200b:{3C\u200b:7A:8A:10:4F:E2}"),
    };
    EXPECT(examples);
}

Test(identify_mac, look_what_is_no_address_keeps_it) {
    static const struct sl_test_example examples[] = {
        SL_TEST_EXAMPLE("ore 12:30:45 e 13:30:45"),
        SL_TEST_EXAMPLE("3C:7A:8A:10:4F"),
        SL_TEST_EXAMPLE("3C:7A:8A:10:4F:E2:91"),
        SL_TEST_EXAMPLE("3C:7A-8A:10-4F:E2"),
        SL_TEST_EXAMPLE("3C:7G:8A:10:4F:E2"),
        SL_TEST_EXAMPLE("mac 00:00:00:00:00:00"),
        SL_TEST_EXAMPLE("mac ff-ff-ff-ff-ff-ff"),
        SL_TEST_EXAMPLE("il 10-11-20-12-20-13"),
        SL_TEST_EXAMPLE("ordine 3C7A8A104FE2"),
        SL_TEST_EXAMPLE("il mio mac non si accende da 3 giorni"),
        SL_TEST_EXAMPLE("al mac di Roma 3 panini e 2 bibite"),
        SL_TEST_EXAMPLE("face.cafe.bead"),
        SL_TEST_EXAMPLE("1234.5678.9012 punti"),
        SL_TEST_EXAMPLE("x3C:7A:8A:10:4F:E2"),
        SL_TEST_EXAMPLE("[MAC] e mac [MAC]"),
    };
    EXPECT(examples);
}
