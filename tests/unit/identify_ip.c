// SPDX-License-Identifier: Apache-2.0
//
// Goal: IP addresses of both versions are masked, also with a prefix length, a zone, or dots made
// harmless; versions, chapters, dates, times and names of programs are left alone.
// Method: examples with the place in braces, all kinds on.
#include <criterion/criterion.h>

#include "support/finder.h"

TestSuite(identify_ip, .init = sl_test_finder_init, .fini = sl_test_finder_done);

#define EXPECT(examples)                                                                           \
    sl_test_expect_marked(SL_KIND_IP, examples, sizeof(examples) / sizeof(examples)[0])

Test(identify_ip, look_four_numbers_of_a_network_masks_them) {
    static const struct sl_test_example examples[] = {
        SL_TEST_EXAMPLE("il mio ip è {87.4.33.9}, perché?"),
        SL_TEST_EXAMPLE("{151.38.204.77}"),
        SL_TEST_EXAMPLE("{79.52.118.6} non risponde"),
        SL_TEST_EXAMPLE("entro su {192.168.0.254} e non va"),
        SL_TEST_EXAMPLE("({172.20.10.1})"),
        SL_TEST_EXAMPLE("{127.0.0.1}:8080 occupata"),
        SL_TEST_EXAMPLE("{104.21.7.88}:4070 bloccato"),
        SL_TEST_EXAMPLE("rotta {10.20.0.0/16}."),
        SL_TEST_EXAMPLE("{185.60.216.35/32}"),
        SL_TEST_EXAMPLE("http://{10.7.1.9}:8443/login"),
        SL_TEST_EXAMPLE("ping {1.1.1.1} perde pacchetti"),
        SL_TEST_EXAMPLE("dns {9.9.9.9} e {8.8.4.4}"),
        SL_TEST_EXAMPLE("IP: {５.９０.１２.７}"),
        SL_TEST_EXAMPLE("ip {087.004.033.009}"),
        SL_TEST_EXAMPLE("modem {192.168.8.1}, versione vecchia"),
        SL_TEST_EXAMPLE("da {87.4.33.9} a {87.4.33.20} con ip fisso"),
        SL_TEST_EXAMPLE("{192.168.5.7}@eth1"),
    };
    EXPECT(examples);
}

Test(identify_ip, look_dots_made_harmless_masks_them) {
    static const struct sl_test_example examples[] = {
        SL_TEST_EXAMPLE("attacco da {87[.]4[.]33[.]9}"),
        SL_TEST_EXAMPLE("ip {87(.)4(.)133(.)9} segnalato"),
        SL_TEST_EXAMPLE("{151[dot]38[dot]204[dot]77}"),
        SL_TEST_EXAMPLE("{151 (punto) 38 (punto) 204 (punto) 77}"),
        SL_TEST_EXAMPLE("ip {87 punto 4 punto 33 punto 9} ok"),
        SL_TEST_EXAMPLE("server {151 dot 38 dot 204 dot 77}"),
        SL_TEST_EXAMPLE("ip {87 . 4 . 33 . 9}"),
        SL_TEST_EXAMPLE("ip {87.4[.]33[dot]9}"),
        SL_TEST_EXAMPLE("ip {87[.]4(dot)33.9} bloccato"),
        SL_TEST_EXAMPLE("ip {151.38 punto 204(.)77}"),
        SL_TEST_EXAMPLE("{203[.]0.113[.]9}"),
        SL_TEST_EXAMPLE("ip {87,4,33,9}"),
        SL_TEST_EXAMPLE("ip: {87-4-33-9} da ieri"),
    };
    EXPECT(examples);
}

Test(identify_ip, look_what_is_no_network_keeps_it) {
    static const struct sl_test_example examples[] = {
        SL_TEST_EXAMPLE("firmware 2.1.0.8 instabile"),
        SL_TEST_EXAMPLE("versione 11.4.6.120 dell'app"),
        SL_TEST_EXAMPLE("aggiornato alla 9.0.2.41"),
        SL_TEST_EXAMPLE("app v12.3.192.168"),
        SL_TEST_EXAMPLE("capitolo 3.1.4.2.7"),
        SL_TEST_EXAMPLE("art. 4.2.10.3 del contratto"),
        SL_TEST_EXAMPLE("il 12.04.2026 alle 10.30"),
        SL_TEST_EXAMPLE("dalle 9.30 alle 12.45.10"),
        SL_TEST_EXAMPLE("costa 1.200.150.100 euro"),
        SL_TEST_EXAMPLE("300.12.4.5"),
        SL_TEST_EXAMPLE("192.168.1"),
        SL_TEST_EXAMPLE("192.168.1.999"),
        SL_TEST_EXAMPLE("v87.4.133.9beta"),
        SL_TEST_EXAMPLE("voti 7.8.6.9"),
        SL_TEST_EXAMPLE("https://example.it/download/93.145.112.20/setup"),
        SL_TEST_EXAMPLE("punto 3 punto 4 e basta"),
        SL_TEST_EXAMPLE("87,4,33,9"),
        SL_TEST_EXAMPLE("il mio ip cambia: prima 87 4 33 9 volte"),
        SL_TEST_EXAMPLE("1 punto 2 punto 3 punto"),
        SL_TEST_EXAMPLE("[IP] e ancora [IP]"),
    };
    EXPECT(examples);
}

Test(identify_ip, look_groups_with_colons_masks_them) {
    static const struct sl_test_example examples[] = {
        SL_TEST_EXAMPLE("{2a01:827:10::7f} dal telefono"),
        SL_TEST_EXAMPLE("{2A01:0827:0000:0000:0010:00FF:FE00:42C1}"),
        SL_TEST_EXAMPLE("gateway {fe80::1ff:fe23:4567:890a%wlan0}"),
        SL_TEST_EXAMPLE("{fe80::9}, poi niente"),
        SL_TEST_EXAMPLE("http://[{2a01:827:10::7f}]:8080/"),
        SL_TEST_EXAMPLE("prefisso {2a01:827::/48} assegnato"),
        SL_TEST_EXAMPLE("{::ffff:87.4.33.9} mappato"),
        SL_TEST_EXAMPLE("{64:ff9b::87.4.33.9}"),
        SL_TEST_EXAMPLE("ipv6 {::1} risponde"),
        SL_TEST_EXAMPLE("da root@{2a01:827:10::7f}"),
        SL_TEST_EXAMPLE("{2001:db8:7::}."),
        SL_TEST_EXAMPLE("indirizzo IPv6: {fd12:3456:789a:1::42}"),
    };
    EXPECT(examples);
}

Test(identify_ip, look_colons_of_other_things_keeps_them) {
    static const struct sl_test_example examples[] = {
        SL_TEST_EXAMPLE("alle 12:30:45 e alle 12::30"),
        SL_TEST_EXAMPLE("std::fade() e add::face()"),
        SL_TEST_EXAMPLE("rapporto 1:2:3:4:5"),
        SL_TEST_EXAMPLE("2a01:827:10:7f:1:2:3"),
        SL_TEST_EXAMPLE("2a01::827::10"),
        SL_TEST_EXAMPLE("12a01:827::10"),
        SL_TEST_EXAMPLE("fe80::9pippo"),
        SL_TEST_EXAMPLE("zfe80::9a:7b"),
        SL_TEST_EXAMPLE("::"),
        SL_TEST_EXAMPLE(":: 1 :: 2"),
        SL_TEST_EXAMPLE("::ffff:287.4.33.9"),
        SL_TEST_EXAMPLE("ab:cd:ef:01:23:45:67:89:ab:cd:ef:01"),
    };
    EXPECT(examples);
}

Test(identify_ip, look_candidate_of_a_version_says_what_speaks_against_it) {
    static const char text[] = "versione 93.145.112.20";
    struct sl_found found =
        sl_finder_look(sl_test_finder(), text, sl_test_fold(text, sizeof text - 1));
    cr_assert_eq(found.candidates_count, 1);
    cr_expect((found.candidates[0].reasons & SL_REASON_CUE_AGAINST) != 0);
    cr_expect_eq(found.spans_count, 0);
}
