// SPDX-License-Identifier: Apache-2.0
//
// Goal: telephone numbers are masked as people write them, whole and nothing else, and other
// numbers of everyday posts are left alone.
// Method: examples with the place in braces; all kinds are on, so a trap must not be taken for
// anything. The numbers are invented.
#include <criterion/criterion.h>

#include "support/finder.h"

TestSuite(identify_phone, .init = sl_test_finder_init, .fini = sl_test_finder_done);

#define EXPECT(examples)                                                                           \
    sl_test_expect_marked(SL_KIND_PHONE, examples, sizeof(examples) / sizeof(examples)[0])

Test(identify_phone, look_mobile_in_any_grouping_masks_it) {
    static const struct sl_test_example examples[] = {
        SL_TEST_EXAMPLE("salve, richiamatemi al {347 1234567} dopo le 18"),
        SL_TEST_EXAMPLE("il mio numero è {3471234567}, grazie"),
        SL_TEST_EXAMPLE("cell. {347/1234567}"),
        SL_TEST_EXAMPLE("da ieri il {331.123.45.67} non prende"),
        SL_TEST_EXAMPLE("linea morta su {333-12-34-567} da lunedì"),
        SL_TEST_EXAMPLE("SIM {328_1234567} bloccata"),
        SL_TEST_EXAMPLE("sono {380*123*4567} e {392|1234567}"),
        SL_TEST_EXAMPLE("{3471234567},{3487654321} entrambi senza rete"),
        SL_TEST_EXAMPLE("{3471234567}/{3487654321} entrambi senza rete"),
        SL_TEST_EXAMPLE("{347-1234567}-{348-7654321} entrambi senza rete"),
        SL_TEST_EXAMPLE("numero {34 71 23 45 67}"),
        SL_TEST_EXAMPLE("numero {34.71.09.13.90}"),
        SL_TEST_EXAMPLE("il numero è {3 4 7 1 2 3 4 5 6 7}, chiamate"),
        SL_TEST_EXAMPLE("scrivetemi {3.4.7.1.2.3.4.5.6.7} ok"),
        SL_TEST_EXAMPLE("tel {[347]1234567}"),
        SL_TEST_EXAMPLE("tel {347123456-7}"),
        SL_TEST_EXAMPLE("tel {347123•456/7} ok"),
        SL_TEST_EXAMPLE("tel. {34/71- 03.08.95}"),
        SL_TEST_EXAMPLE("{tre quattro sette uno due tre quattro cinque sei sette}, la sera"),
        SL_TEST_EXAMPLE("ecco! {tre 4 sette 1 due 3 quattro 5 sei 7}!"),
        SL_TEST_EXAMPLE("cell {347 settantadue 345 due 0}"),
        SL_TEST_EXAMPLE("({347 1234567})"),
        SL_TEST_EXAMPLE("tel{3471234567}ok"),
        SL_TEST_EXAMPLE("sono {3471234567}mario"),
        SL_TEST_EXAMPLE("#{3471234567} richiamate"),
        SL_TEST_EXAMPLE("al {3471 234 567} non risponde nessuno"),
        SL_TEST_EXAMPLE("il {347 1234567} 2 volte al giorno"),
        SL_TEST_EXAMPLE("dal 2019 ho {347 1234567} 24 mesi fa ricaricato"),
        SL_TEST_EXAMPLE("{3471234567}€ ahah"),
        SL_TEST_EXAMPLE("{345 123456} è ancora di quelli vecchi"),
        SL_TEST_EXAMPLE("sms al {345123456} mai arrivato"),
        SL_TEST_EXAMPLE("numero {３４７ １２３４５６７}"),
        SL_TEST_EXAMPLE(
            "numero {3️⃣4️⃣7️⃣ 1️⃣2️⃣3️⃣4️⃣5️⃣6️⃣7️⃣}"),
        SL_TEST_EXAMPLE("tel {347\u200b123\u200b4567}"),
        SL_TEST_EXAMPLE("whatsapp {347\n1234567}"),
        SL_TEST_EXAMPLE("ordine mai arrivato, chiamatemi al {347 1234567}"),
    };
    EXPECT(examples);
}

Test(identify_phone, look_international_masks_it_with_its_prefix) {
    static const struct sl_test_example examples[] = {
        SL_TEST_EXAMPLE("{+39 347 123 4567} grazie"),
        SL_TEST_EXAMPLE("{(+39) 347 1234567} grazie"),
        SL_TEST_EXAMPLE("({+39 347 1234567}) grazie"),
        SL_TEST_EXAMPLE("Tel:{+393471234567}."),
        SL_TEST_EXAMPLE("{++39 3471234567}"),
        SL_TEST_EXAMPLE("{+ 39 347 1234567}"),
        SL_TEST_EXAMPLE("{0039 347 1234567}"),
        SL_TEST_EXAMPLE("contattatemi {39 347 1234567} anche di sera"),
        SL_TEST_EXAMPLE("wa.me/{393471234567}"),
        SL_TEST_EXAMPLE("https://wa.me/{393471234567}"),
        SL_TEST_EXAMPLE("{+39 06 678 4343} ufficio"),
        SL_TEST_EXAMPLE("{+39 0721 12 34 56}"),
        SL_TEST_EXAMPLE("{+39 347 1234567} 24 ore su 24"),
        SL_TEST_EXAMPLE("my number {+44 20 7123 4567} please"),
        SL_TEST_EXAMPLE("{+44 (0)20 7123 4567}"),
        SL_TEST_EXAMPLE("{+49 1708733216} 24/7"),
        SL_TEST_EXAMPLE("{+33 1 42 68 53 00}"),
        SL_TEST_EXAMPLE("{+55 11 98456 5666}"),
        SL_TEST_EXAMPLE("{+91-90002-89198} is my line"),
        SL_TEST_EXAMPLE("{+1(818)555-0173} they answered"),
        SL_TEST_EXAMPLE("{+380671277946}"),
        SL_TEST_EXAMPLE("call {0044 7900 248601}, anytime"),
        SL_TEST_EXAMPLE("il fratello in Svizzera {+41 79 123 45 67}"),
    };
    EXPECT(examples);
}

Test(identify_phone, look_fixed_or_foreign_at_home_masks_it) {
    static const struct sl_test_example examples[] = {
        SL_TEST_EXAMPLE("{055-1234567} Firenze"),
        SL_TEST_EXAMPLE("linea fissa {0811234567} isolata"),
        SL_TEST_EXAMPLE("lo {06 12345678} non ha più linea"),
        SL_TEST_EXAMPLE("{06 1234567} / {02 7654321}"),
        SL_TEST_EXAMPLE("telefono {02 123456}"),
        SL_TEST_EXAMPLE("numero {0574-23793}"),
        SL_TEST_EXAMPLE("chiamare {06.12.34.56.78} ore pasti"),
        SL_TEST_EXAMPLE("utenza {081 12345}"),
        SL_TEST_EXAMPLE("call {415-555-0132} now"),
        SL_TEST_EXAMPLE("ask Jane {(415) 555-0132}"),
        SL_TEST_EXAMPLE("call me at {7705550199} tomorrow"),
        SL_TEST_EXAMPLE("phone: {1-281-555-0126}"),
        SL_TEST_EXAMPLE("my number is {090-1234-5678}"),
        SL_TEST_EXAMPLE("chiamatemi al {0-2 55/1 2 3-4 5}"),
        SL_TEST_EXAMPLE("tel. {02/19/55👉12.34}"),
        SL_TEST_EXAMPLE("my number is {0721 45 due otto nove}"),
        SL_TEST_EXAMPLE("tel {328906155, quattro}"),
    };
    EXPECT(examples);
}

Test(identify_phone, look_number_of_a_service_keeps_it) {
    static const struct sl_test_example examples[] = {
        SL_TEST_EXAMPLE("ho chiamato il 187 e il 119 tre volte"),
        SL_TEST_EXAMPLE("numero verde 800 123 456"),
        SL_TEST_EXAMPLE("chiamate l'800123456"),
        SL_TEST_EXAMPLE("+39 800 123456 non risponde"),
        SL_TEST_EXAMPLE("telefono 199 123 456 a pagamento"),
        SL_TEST_EXAMPLE("chiamare 892424 costa"),
        SL_TEST_EXAMPLE("il servizio 4088 e sms al 43000"),
        SL_TEST_EXAMPLE("call 1-800-555-0199 now"),
        SL_TEST_EXAMPLE("il 116000 e il 1522"),
        SL_TEST_EXAMPLE("telefono 848 800 123"),
    };
    EXPECT(examples);
}

Test(identify_phone, look_everyday_number_keeps_it) {
    static const struct sl_test_example examples[] = {
        SL_TEST_EXAMPLE("ho pagato 29,90 euro il 15/04/2026"),
        SL_TEST_EXAMPLE("chiamato il 06/07/2023 18 volte"),
        SL_TEST_EXAMPLE("chiamare dalle 09.30 alle 12.30"),
        SL_TEST_EXAMPLE("chiamare 09.30-12.30 15.30-19.30"),
        SL_TEST_EXAMPLE("telefonate il 2023-06-07 10:30"),
        SL_TEST_EXAMPLE("chiamato il 3/4/2020 12:30 e il 05/04/2020"),
        SL_TEST_EXAMPLE("uno due tre quattro cinque sei sette otto nove zero"),
        SL_TEST_EXAMPLE("risultati: 3 4 7 1 2 3 4 5 6 7 8"),
        SL_TEST_EXAMPLE("dal 01.02.2023 al 31.12.2024"),
        SL_TEST_EXAMPLE("chiamate a 0,29 0,15 0,35 al minuto"),
        SL_TEST_EXAMPLE("chiamate a 0.29 0.15 0.35 al minuto"),
        SL_TEST_EXAMPLE("chiamato il 06/07/23 18.30"),
        SL_TEST_EXAMPLE("chiamati il 06/07/2023 9.15"),
        SL_TEST_EXAMPLE("fibra 2500 mega a 24.90, 1000/300"),
        SL_TEST_EXAMPLE("3.471.234.567 visualizzazioni"),
        SL_TEST_EXAMPLE("345.678.901 euro di utile"),
        SL_TEST_EXAMPLE("+50.000.000 di clienti"),
        SL_TEST_EXAMPLE("ordine n. 3471234567 mai arrivato"),
        SL_TEST_EXAMPLE("ticket 3471234567 aperto"),
        SL_TEST_EXAMPLE("tracking 3471234567"),
        SL_TEST_EXAMPLE("https://example.com/gruppi/3471234567/post"),
        SL_TEST_EXAMPLE("versione 8.4.28.1104 su iOS 11.1.2"),
        SL_TEST_EXAMPLE("Chrome 61.0.3163.100 e firmware 7.3.1.2"),
        SL_TEST_EXAMPLE("coordinate 38.1156879,13.3612671"),
        SL_TEST_EXAMPLE("epoch 1748503543 e 1748503543012"),
        SL_TEST_EXAMPLE("3...2...1... via!"),
        SL_TEST_EXAMPLE("voto 10 10 10 10 10"),
        SL_TEST_EXAMPLE("isbn 978-88-04-48475-6"),
        SL_TEST_EXAMPLE("campionato 2025/2026, 3-2, 4-1"),
        SL_TEST_EXAMPLE("estratti 32 45 67 78 89 12"),
        SL_TEST_EXAMPLE("bus 246-905-915-925 deviati"),
        SL_TEST_EXAMPLE("Ordine 111-5014070-4118645"),
        SL_TEST_EXAMPLE("il biglietto 0162424965446"),
        SL_TEST_EXAMPLE("Orlando, FL 32860-7039"),
        SL_TEST_EXAMPLE("protocollo 34712345678901"),
        SL_TEST_EXAMPLE("dal 2015 2016 2017 chiamo sempre"),
        SL_TEST_EXAMPLE("chiamato 12 volte in 3 giorni, 45 minuti l'una"),
        SL_TEST_EXAMPLE("0.3471234567 di probabilità"),
        SL_TEST_EXAMPLE("codice a716-446655440000"),
        SL_TEST_EXAMPLE("we reached at 120000 views"),
        SL_TEST_EXAMPLE("order 9415320077, please contact the courier"),
        SL_TEST_EXAMPLE("contact me re my case 20451234"),
    };
    EXPECT(examples);
}

Test(identify_phone, look_extension_masks_it_with_the_number) {
    static const struct sl_test_example examples[] = {
        SL_TEST_EXAMPLE("ufficio {06 12345678 int. 12}, la mattina"),
        SL_TEST_EXAMPLE("{0721 123456 interno 4}"),
        SL_TEST_EXAMPLE("call {415-555-0132 ext 45} please"),
        SL_TEST_EXAMPLE("{+1 415 555 0132 x1234}"),
        SL_TEST_EXAMPLE("{+44 20 7123 4567, ext. 503}"),
        SL_TEST_EXAMPLE("tel {347 1234567} x 24 mesi"),
        SL_TEST_EXAMPLE("tel {347 1234567} int. 12a"),
        SL_TEST_EXAMPLE("tel {347 1234567} extra 12"),
    };
    EXPECT(examples);
}

Test(identify_phone, look_number_that_is_hidden_in_part_masks_what_shows) {
    static const struct sl_test_example examples[] = {
        SL_TEST_EXAMPLE("{347 1234 xxx}"),
        SL_TEST_EXAMPLE("sono il {347 12345xx} e poi {67}"),
        SL_TEST_EXAMPLE("{34712345**} finisce con {67}"),
        SL_TEST_EXAMPLE("leggilo al contrario: {7654321743}"),
        SL_TEST_EXAMPLE("{7654321743}, ma al rovescio"),
        SL_TEST_EXAMPLE("347 xxxxxxx"),
        SL_TEST_EXAMPLE("1920 x 1080"),
        SL_TEST_EXAMPLE("347 1234 xxxxxx"),
        SL_TEST_EXAMPLE("codice 7654321743"),
        SL_TEST_EXAMPLE("3201 23xx e 3201 24xx"),
    };
    EXPECT(examples);
}

Test(identify_phone, look_numbers_of_other_sorts_masks_them_with_a_cue) {
    static const struct sl_test_example examples[] = {
        SL_TEST_EXAMPLE("numero voip {5512345678}"),
        SL_TEST_EXAMPLE("il mio numero {1781234567}"),
        SL_TEST_EXAMPLE("{33101234501}"),
        SL_TEST_EXAMPLE("call me at {(415) 5550132}"),
        SL_TEST_EXAMPLE("order 12 is late, call me {7403601234}"),
        SL_TEST_EXAMPLE("5512345678 di visite"),
        SL_TEST_EXAMPLE("numeri usciti 31 15 27 88 40 9 14 30"),
        SL_TEST_EXAMPLE("numeri usciti 36 29 81 16 24 52"),
        SL_TEST_EXAMPLE("lat 06.2139139 lon 34.319574"),
        SL_TEST_EXAMPLE("my order number is 309712345"),
        SL_TEST_EXAMPLE("reference number is 16931234"),
        SL_TEST_EXAMPLE("complaint no 385991234"),
        SL_TEST_EXAMPLE("my order number is 7403601234"),
        SL_TEST_EXAMPLE("voli 2348/3491 cancellati, flights 2348/3491"),
        SL_TEST_EXAMPLE("pls contact - {9415320077}"),
        SL_TEST_EXAMPLE("I can be reached at {4045320077}"),
    };
    EXPECT(examples);
}
