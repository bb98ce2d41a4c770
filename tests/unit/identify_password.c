// SPDX-License-Identifier: Apache-2.0
//
// Goal: a password is masked behind its cue, in Italian and English, however the two are joined,
// and its user's name with it; talk about passwords is left alone.
// Method: examples with the place in braces, all kinds on.
#include <criterion/criterion.h>

#include "support/finder.h"

TestSuite(identify_password, .init = sl_test_finder_init, .fini = sl_test_finder_done);

#define EXPECT(examples)                                                                           \
    sl_test_expect_marked(SL_KIND_PASSWORD, examples, sizeof(examples) / sizeof(examples)[0])

Test(identify_password, look_value_behind_its_cue_masks_it) {
    static const struct sl_test_example examples[] = {
        SL_TEST_EXAMPLE("password: {Gatto77!}"),
        SL_TEST_EXAMPLE("Password:{gatto77}"),
        SL_TEST_EXAMPLE("la mia password è {Gatto_Nero7} e non entro"),
        SL_TEST_EXAMPLE("la password e' {GattoNero}, aiuto"),
        SL_TEST_EXAMPLE("my password is {n3ro&bianco}."),
        SL_TEST_EXAMPLE("pwd {Gatto.77} non va"),
        SL_TEST_EXAMPLE("psw={gattonero}"),
        SL_TEST_EXAMPLE("pass: {gatto77}"),
        SL_TEST_EXAMPLE("pass -> {gatto77}"),
        SL_TEST_EXAMPLE("PASSWORD {GATTO77NERO}"),
        SL_TEST_EXAMPLE("password provvisoria {Xk29-77aa}"),
        SL_TEST_EXAMPLE("ho messo questa password: \"{gatto nero}\""),
        SL_TEST_EXAMPLE("password '{gattonero7}' rifiutata"),
        SL_TEST_EXAMPLE("\"password\": \"{Gatto77}\""),
        SL_TEST_EXAMPLE("password ({Gatto77})"),
        SL_TEST_EXAMPLE("password → {Gatto77}"),
        SL_TEST_EXAMPLE("password MyTim: {Gatto77}"),
        SL_TEST_EXAMPLE("la parola d'ordine è {Gatto77}"),
        SL_TEST_EXAMPLE("passphrase: « {gatto nero su tetto} »"),
        SL_TEST_EXAMPLE("pa$$word {Gatto77}"),
        SL_TEST_EXAMPLE("p@ssw0rd: {Gatto77}"),
        SL_TEST_EXAMPLE("password: {20041987}"),
        SL_TEST_EXAMPLE("{Gatto77nero} è la mia password"),
        SL_TEST_EXAMPLE("password:\n{Gatto77}\ngrazie"),
        SL_TEST_EXAMPLE("example.it/?password={gatto77}&lang=it"),
    };
    EXPECT(examples);
}

Test(identify_password, look_key_of_a_network_masks_it) {
    static const struct sl_test_example examples[] = {
        SL_TEST_EXAMPLE("la password del wifi è {TIM-00112233}"),
        SL_TEST_EXAMPLE("password wi-fi {aB3dE5fG7h}"),
        SL_TEST_EXAMPLE("chiave wpa: {0a1b2c3d4e5f}"),
        SL_TEST_EXAMPLE("chiave di rete {Vodafone-A1B2C3}"),
        SL_TEST_EXAMPLE("chiave di accesso wi-fi : « {Gatto77} »"),
        SL_TEST_EXAMPLE("WPA2 key: {aB3dE5fG7h}"),
        SL_TEST_EXAMPLE("codice wifi {00112233}"),
        SL_TEST_EXAMPLE("la chiave è {ab12cd34ef}"),
        SL_TEST_EXAMPLE("rete di casa, wifi chiave {ab12cd34ef}"),
    };
    EXPECT(examples);
}

Test(identify_password, look_user_beside_a_password_masks_both) {
    static const struct sl_test_example examples[] = {
        SL_TEST_EXAMPLE("user {gverdi} password {Gatto77}"),
        SL_TEST_EXAMPLE("pwd {Gatto.77} user {gverdi}"),
        SL_TEST_EXAMPLE("username: {gverdi}, password: {Gatto77}"),
        SL_TEST_EXAMPLE("login {g.verdi} pass {gatto77}"),
        SL_TEST_EXAMPLE("nome utente {gino85} e password {Gatto77}"),
    };
    EXPECT(examples);
}

Test(identify_password, look_talk_about_passwords_keeps_it) {
    static const struct sl_test_example examples[] = {
        SL_TEST_EXAMPLE("password: non la so più"),
        SL_TEST_EXAMPLE("password dimenticata, come faccio?"),
        SL_TEST_EXAMPLE("la password è scaduta!!"),
        SL_TEST_EXAMPLE("password: Errata"),
        SL_TEST_EXAMPLE("mi dice \"password errata\" da 3 giorni"),
        SL_TEST_EXAMPLE("la password è \"sbagliata\""),
        SL_TEST_EXAMPLE("reset password 3 volte in 24h"),
        SL_TEST_EXAMPLE("cambiare password subito"),
        SL_TEST_EXAMPLE("la password deve avere 8 caratteri e 1 numero"),
        SL_TEST_EXAMPLE("password Windows10 dimenticata"),
        SL_TEST_EXAMPLE("password MyTim non funziona"),
        SL_TEST_EXAMPLE("password e username non vanno"),
        SL_TEST_EXAMPLE("la password è: boh"),
        SL_TEST_EXAMPLE("login non funziona con la password nuova"),
        SL_TEST_EXAMPLE("I forgot my password and my account is locked"),
        SL_TEST_EXAMPLE("your password is incorrect 3 times"),
        SL_TEST_EXAMPLE("my password was changed yesterday at 10"),
        SL_TEST_EXAMPLE("boarding pass AB1234567"),
        SL_TEST_EXAMPLE("boarding pass: AB1234567"),
        SL_TEST_EXAMPLE("green pass VerificaC19 non va"),
        SL_TEST_EXAMPLE("pass it on, 90% pass mark"),
        SL_TEST_EXAMPLE("la chiave: 2 giri a destra"),
        SL_TEST_EXAMPLE("parola chiave fibra"),
        SL_TEST_EXAMPLE("WPA2-PSK oppure WPA3, che cambia?"),
        SL_TEST_EXAMPLE("modem con wpa2 AES-256"),
        SL_TEST_EXAMPLE("password @operatore rispondete"),
        SL_TEST_EXAMPLE("password #aiuto2026"),
        SL_TEST_EXAMPLE("password 1000mb"),
        SL_TEST_EXAMPLE("password https://example.it/aiuto1"),
        SL_TEST_EXAMPLE("password: [PASSWORD] user [PASSWORD]"),
        SL_TEST_EXAMPLE("password ********"),
        SL_TEST_EXAMPLE("#password2026"),
        SL_TEST_EXAMPLE("password"),
        SL_TEST_EXAMPLE("password:"),
        SL_TEST_EXAMPLE("password \""),
        SL_TEST_EXAMPLE("password \" \""),
        SL_TEST_EXAMPLE("password 🔑🔑12ab34"),
    };
    EXPECT(examples);
}
