// SPDX-License-Identifier: Apache-2.0
//
// Goal: codice fiscale, partita IVA and IBAN are masked in every way people write them, whole and
// nothing else; what only looks like one is left alone, and what is mistyped goes with a cue.
// Method: examples with the place in braces, all kinds on. People and accounts are invented, the
// check characters computed.
#include <criterion/criterion.h>

#include "support/finder.h"

TestSuite(identify_codes, .init = sl_test_finder_init, .fini = sl_test_finder_done);

#define EXPECT(kind, examples)                                                                     \
    sl_test_expect_marked(kind, examples, sizeof(examples) / sizeof(examples)[0])

Test(identify_codes, look_fiscal_code_masks_it) {
    static const struct sl_test_example examples[] = {
        SL_TEST_EXAMPLE("sono Giulia, {BNCGLI84A41F205J}, aspetto il tecnico"),
        SL_TEST_EXAMPLE("{vrdlcu91p12l219j}"),
        SL_TEST_EXAMPLE("c.f. {NRE MRT 78T65 G273M} grazie"),
        SL_TEST_EXAMPLE("cf:{FRR-SFN-66L03-H501-E}"),
        SL_TEST_EXAMPLE("{G L L N N A 9 5 C 5 0 D 6 1 2 U} ok"),
        SL_TEST_EXAMPLE("{BNCGLI.84A41.F205J}"),
        SL_TEST_EXAMPLE("{BNCGLI/84A41/F205J}"),
        SL_TEST_EXAMPLE("omocodia {RSSPLA8RM1NF2L5K} e {CNTDVDTQE2VA9SVS}"),
        SL_TEST_EXAMPLE("({ABCXYZ00R31Z404E}!)"),
        SL_TEST_EXAMPLE("#cf{BNCGLI84A41F205J} ciao"),
        SL_TEST_EXAMPLE("CodiceFiscale={BNCGLI84A41F205J};"),
        SL_TEST_EXAMPLE("codice fiscale\n{BNCGLI84A41F205J}\ngrazie"),
        SL_TEST_EXAMPLE("{BNCGLI\u200b84A41F205J}"),
        SL_TEST_EXAMPLE("1) {BNCGLI84A41F205J} 2) {VRDLCU91P12L219J}"),
        SL_TEST_EXAMPLE("il codice fiscale è {BNCGLI84A41F205K}, forse"),
        SL_TEST_EXAMPLE("{BNCGLI84A41F205K} è il mio codice fiscale"),
        SL_TEST_EXAMPLE("{VRDLCUVMPMNLNMVY}, non ho altro"),
        SL_TEST_EXAMPLE("{BNCGLI84A41F2O5J}"),
        SL_TEST_EXAMPLE("cf {BNCGLI84A41F205} intestato a me"),
        SL_TEST_EXAMPLE("codice fiscale: {BNC GLI 84A41 F205}"),
        SL_TEST_EXAMPLE("il mio cod. fisc. è {BNCGL184A4IF205J}, grazie"),
        SL_TEST_EXAMPLE("codice fiscale è il seguente: {BNCGLI84A75F205J}"),
        SL_TEST_EXAMPLE("codice fiscale è {B N C G L I 8 4 A 4 1 F 2 0 5 J}"),
        SL_TEST_EXAMPLE("{STP0301234567890} della ASL"),
        SL_TEST_EXAMPLE("omocodia {RSS PLA 8RM1NF2L5K} spezzata"),
        SL_TEST_EXAMPLE("{R.S.S.P.L.A.8.R.M.1.N.F.2.L.5.K} puntata"),
        SL_TEST_EXAMPLE("tessera {ENI 0301234 567890}"),
    };
    EXPECT(SL_KIND_FISCAL_CODE, examples);
}

Test(identify_codes, look_what_is_no_fiscal_code_keeps_it) {
    static const struct sl_test_example examples[] = {
        SL_TEST_EXAMPLE("codice BNCGLI84A41F205K"),
        SL_TEST_EXAMPLE("BNCGLI84F41F205J"),
        SL_TEST_EXAMPLE("BNCGLI84A75F205J"),
        SL_TEST_EXAMPLE("BNCGLI84A00F205J"),
        SL_TEST_EXAMPLE("BNCGLI84A41N205J"),
        SL_TEST_EXAMPLE("BNCGLI84A41F205J7"),
        SL_TEST_EXAMPLE("XBNCGLI84A41F205J"),
        SL_TEST_EXAMPLE("BNCGLI84A41F205JJ"),
        SL_TEST_EXAMPLE("modello ABCDEF12G34H567I in offerta"),
        SL_TEST_EXAMPLE("ho 25 euro e 3 mesi da pagare"),
        SL_TEST_EXAMPLE("la tariffa 85 m 01 h 501 q"),
        SL_TEST_EXAMPLE("non trovo il codice fiscale sulla bolletta 12"),
        SL_TEST_EXAMPLE("BNCGLI84A41F205 intestato a me"),
        SL_TEST_EXAMPLE("codice fiscale sbagliato nella bolletta di marzo, rispondete"),
        SL_TEST_EXAMPLE("codice fiscale ABCDEF12345GH67890"),
        SL_TEST_EXAMPLE("trasformazionale"),
        SL_TEST_EXAMPLE("a priority. I spent over 3 hours on the phone"),
        SL_TEST_EXAMPLE("VRDLCUVMPMNLNMVA, non ho altro"),
        SL_TEST_EXAMPLE("STP030123456789 e STP03012345678901"),
        SL_TEST_EXAMPLE("il pozzo ENI ha reso 1.000.000 di barili"),
    };
    EXPECT(SL_KIND_FISCAL_CODE, examples);
}

Test(identify_codes, look_vat_number_masks_it) {
    static const struct sl_test_example examples[] = {
        SL_TEST_EXAMPLE("P.IVA {01234560157}"),
        SL_TEST_EXAMPLE("p. iva: {09876500589} intestata alla ditta"),
        SL_TEST_EXAMPLE("partita iva n. {02718281005}."),
        SL_TEST_EXAMPLE("PI {12345091206} grazie"),
        SL_TEST_EXAMPLE("vat number {IT01234560157} please"),
        SL_TEST_EXAMPLE("{it-09876500589}"),
        SL_TEST_EXAMPLE("{IT 01234560157} e basta"),
        SL_TEST_EXAMPLE("p.i. {012 3456 0157}"),
        SL_TEST_EXAMPLE("piva:{01.234.560.157}/"),
        SL_TEST_EXAMPLE("la fattura della ditta {01234560157} è sbagliata"),
        SL_TEST_EXAMPLE("{01234560157}"),
        SL_TEST_EXAMPLE("codice fiscale {01234560157}"),
        SL_TEST_EXAMPLE("partita iva {01234560158} (non la ricordo bene)"),
        SL_TEST_EXAMPLE("partita IVA {0123456_015_7}"),
        SL_TEST_EXAMPLE("partita iva {01234560157}/2 sedi"),
        SL_TEST_EXAMPLE("cod. fiscale provvisorio {09876500589}"),
        SL_TEST_EXAMPLE("{01234560157} e {09876500589}"),
        SL_TEST_EXAMPLE("fattura alla {09876500589}, non a me"),
    };
    EXPECT(SL_KIND_VAT_NUMBER, examples);
}

Test(identify_codes, look_what_is_no_vat_number_keeps_it) {
    static const struct sl_test_example examples[] = {
        SL_TEST_EXAMPLE("pacco numero 12345091206 in consegna"),
        SL_TEST_EXAMPLE("il 12345091206 che vedo"),
        SL_TEST_EXAMPLE("12345091207"),
        SL_TEST_EXAMPLE("00000000000"),
        SL_TEST_EXAMPLE("IT12345091207"),
        SL_TEST_EXAMPLE("12345670017 visualizzazioni totali"),
        SL_TEST_EXAMPLE("Totale 12.345.678.901 visualizzazioni"),
        SL_TEST_EXAMPLE("p.iva 123456701570"),
        SL_TEST_EXAMPLE("iva al 22% su 1234 euro"),
        SL_TEST_EXAMPLE("senza partita iva da 10 anni"),
        SL_TEST_EXAMPLE("protocollo 01234560158 della società"),
        SL_TEST_EXAMPLE("12345671502"),
        SL_TEST_EXAMPLE("01234560157.5 volte"),
    };
    EXPECT(SL_KIND_VAT_NUMBER, examples);
}

Test(identify_codes, look_iban_masks_it) {
    static const struct sl_test_example examples[] = {
        SL_TEST_EXAMPLE("iban {IT91G0306909400100000012345} per il rimborso"),
        SL_TEST_EXAMPLE("{IT91 G030 6909 4001 0000 0012 345} grazie"),
        SL_TEST_EXAMPLE("{it 91 g 03069 09400 100000012345} a presto"),
        SL_TEST_EXAMPLE("{IT36-W076-0103-2000-0104-5678-901}"),
        SL_TEST_EXAMPLE("{IT36/W076/0103/2000/0104/5678/901}"),
        SL_TEST_EXAMPLE("{IT63X02008016\n0000010ABCDE12} ecco"),
        SL_TEST_EXAMPLE("{I T 9 1 G 0 3 0 6 9 0 9 4 0 0 1 0 0 0 0 0 0 1 2 3 4 5} fine"),
        SL_TEST_EXAMPLE("iban {IT91G03O69O94OO1OOOOOO12345}"),
        SL_TEST_EXAMPLE("{SM44X0322509800000000270199}"),
        SL_TEST_EXAMPLE("{DE35 3704 0044 0532 0130 99} bitte"),
        SL_TEST_EXAMPLE("{GB03NWBK60161331926899} is mine"),
        SL_TEST_EXAMPLE("{NO47 8601 1117 999} X in a sentence"),
        SL_TEST_EXAMPLE("{MT03MALT011000012345MTLCAST099S}"),
        SL_TEST_EXAMPLE("{FR2520041010050500013M02699}, {DE35370400440532013099}"),
        SL_TEST_EXAMPLE("iban{IT91G0306909400100000012345}"),
        SL_TEST_EXAMPLE("bonifico su {IT92G0306909400100000012345}"),
        SL_TEST_EXAMPLE("{ＩＴ91Ｇ0306909400100000012345}"),
        SL_TEST_EXAMPLE("{IT91G0306909400100000012345}grazie"),
        SL_TEST_EXAMPLE("sulmioconto{IT91G0306909400100000012345}"),
        SL_TEST_EXAMPLE("iban {ITO5G0306909400100000012345} credo"),
        SL_TEST_EXAMPLE("rimborso su {IT91G030690940010000001234}"),
        SL_TEST_EXAMPLE("iban {IT91G03069094001000000123456}"),
        SL_TEST_EXAMPLE("iban {ABI 03069 CAB 09400 C/C 100000012345 CIN G}"),
        SL_TEST_EXAMPLE("{CIN G ABI 03069 CAB 09400 conto n. 100000012345}, grazie"),
        SL_TEST_EXAMPLE("{abi: 03069 - cab: 09400 - c/c n. 12345678} di mia moglie"),
    };
    EXPECT(SL_KIND_IBAN, examples);
}

Test(identify_codes, look_what_is_no_iban_keeps_it) {
    static const struct sl_test_example examples[] = {
        SL_TEST_EXAMPLE("IT is broken 2026"),
        SL_TEST_EXAMPLE("IT92G0306909400100000012345"),
        SL_TEST_EXAMPLE("IT91G030690940010000001234"),
        SL_TEST_EXAMPLE("IT91G03069094001000000123456"),
        SL_TEST_EXAMPLE("XX91G0306909400100000012345"),
        SL_TEST_EXAMPLE("GB04 NWBK 6016 1331 9268 99"),
        SL_TEST_EXAMPLE("dal 20 al 25 agosto, al 29 di sera"),
        SL_TEST_EXAMPLE("VG96 VPVG A000 0123 4567 8901"),
        SL_TEST_EXAMPLE("non vi do l'iban, 20 euro di rimborso"),
        SL_TEST_EXAMPLE("ABI 03069 CAB 09400 filiale di Milano"),
        SL_TEST_EXAMPLE("abi e cab sono sulla carta, il conto no"),
        SL_TEST_EXAMPLE("cin cin a tutti, 25 di questi anni"),
        SL_TEST_EXAMPLE("iban it"),
        SL_TEST_EXAMPLE("rimborso at 20 euro no 30 is 40"),
    };
    EXPECT(SL_KIND_IBAN, examples);
}
