// SPDX-License-Identifier: Apache-2.0
//
// Goal: street addresses are masked whole, from the word for the street to the town that belongs to
// them, and everyday words for streets and ways are left alone.
// Method: examples with the place in braces; all kinds are on, so a trap must not be taken for
// anything. Streets and people are invented.
#include <criterion/criterion.h>

#include "support/finder.h"

TestSuite(identify_address, .init = sl_test_finder_init, .fini = sl_test_finder_done);

#define EXPECT(examples)                                                                           \
    sl_test_expect_marked(SL_KIND_ADDRESS, examples, sizeof(examples) / sizeof(examples)[0])

Test(identify_address, look_street_with_number_masks_both) {
    static const struct sl_test_example examples[] = {
        SL_TEST_EXAMPLE("abito in {via Giacomo Puccini 27} e sono senza linea"),
        SL_TEST_EXAMPLE("guasto in {Via dei Ciclamini 14/B}, terzo piano senza rete"),
        SL_TEST_EXAMPLE("{V.le Piave 101} isolato da ieri"),
        SL_TEST_EXAMPLE("{C.so Sempione 33} niente fibra"),
        SL_TEST_EXAMPLE("{P.zza Cavour n. 8}"),
        SL_TEST_EXAMPLE("{L.go Augusto n°3}!"),
        SL_TEST_EXAMPLE("il tecnico doveva venire in {piazza della Repubblica 4}"),
        SL_TEST_EXAMPLE("{v. Mazzini 6} da tre giorni"),
        SL_TEST_EXAMPLE("{VIA ROMA 15} NON FUNZIONA NULLA"),
        SL_TEST_EXAMPLE("{contrada Fontanelle 12} ancora isolata"),
        SL_TEST_EXAMPLE("{C.da San Lorenzo 5}"),
        SL_TEST_EXAMPLE("{località Le Piane snc, 53011 Gaiole (SI)} nessun segnale"),
        SL_TEST_EXAMPLE("{contrada Santa Lucia snc} isolata da 3 giorni"),
        SL_TEST_EXAMPLE("{loc. Poggio Alto 2} nessun segnale"),
        SL_TEST_EXAMPLE("{Lungotevere dei Mellini 44}"),
        SL_TEST_EXAMPLE("{via dell'Orso 9} sempre giù"),
        SL_TEST_EXAMPLE("{via D'Annunzio 7}"),
        SL_TEST_EXAMPLE("{via XX Settembre 29}"),
        SL_TEST_EXAMPLE("{via 4 novembre 18}"),
        SL_TEST_EXAMPLE("{Via 1° Maggio 3}"),
        SL_TEST_EXAMPLE("{piazza XXV Aprile 1}"),
        SL_TEST_EXAMPLE("{corso Vittorio Emanuele II 52}"),
        SL_TEST_EXAMPLE("in {corso Libertà 8} il palo è caduto"),
        SL_TEST_EXAMPLE("{via G. B. Tiepolo 21 bis}"),
        SL_TEST_EXAMPLE("{Via Mons. Romero, 10}"),
        SL_TEST_EXAMPLE("in {largo Cairoli 2} l'armadio è aperto"),
        SL_TEST_EXAMPLE("{strada provinciale 41 km 7} palo a terra"),
        SL_TEST_EXAMPLE("{Corso Sempione 122} Milano"),
        SL_TEST_EXAMPLE("{Largo Treves 5}"),
        SL_TEST_EXAMPLE("{via Treves, al civico 5}"),
        SL_TEST_EXAMPLE("{via Toscana 10-12} senza adsl"),
    };
    EXPECT(examples);
}

Test(identify_address, look_street_in_small_letters_masks_it_where_something_speaks_for_it) {
    static const struct sl_test_example examples[] = {
        SL_TEST_EXAMPLE("sono in {via garibaldi 12}"),
        SL_TEST_EXAMPLE("{via novara 12} senza rete"),
        SL_TEST_EXAMPLE("{corso trieste 9} caserta"),
        SL_TEST_EXAMPLE("{via dei ciclamini 14} non va"),
        SL_TEST_EXAMPLE("abito in {via dei ciclamini 14}, zona stadio"),
        SL_TEST_EXAMPLE("residente in {vicolo stretto 3}"),
        SL_TEST_EXAMPLE("il modem va consegnato in {via pacinotti 40}"),
        SL_TEST_EXAMPLE("indirizzo: {via ponte nuovo 2}"),
        SL_TEST_EXAMPLE("{via san rocco 19}, grazie"),
        SL_TEST_EXAMPLE("{viale monza 77, milano}"),
        SL_TEST_EXAMPLE("{via pacinotti 40 (to)} non va"),
        SL_TEST_EXAMPLE("{via pacinotti 40 10121 torino}"),
    };
    EXPECT(examples);
}

Test(identify_address, look_stairs_code_and_town_belong_to_it) {
    static const struct sl_test_example examples[] = {
        SL_TEST_EXAMPLE("{Via Verdi 3 int. 4} guasto"),
        SL_TEST_EXAMPLE("{Via Verdi 3, scala B, piano 2, int. 11} guasto"),
        SL_TEST_EXAMPLE("{Via Verdi 3, 3° piano} guasto"),
        SL_TEST_EXAMPLE("{Via Verdi 3/A - 20121 Milano (MI)} guasto"),
        SL_TEST_EXAMPLE("{Via Verdi 3, 20121 Milano} guasto"),
        SL_TEST_EXAMPLE("{Via Verdi 3 20121} guasto"),
        SL_TEST_EXAMPLE("{Via Verdi 3, CAP 20121} guasto"),
        SL_TEST_EXAMPLE("{Via Verdi 3, Sesto San Giovanni} guasto"),
        SL_TEST_EXAMPLE("{Via Verdi 3, 42100 Reggio nell'Emilia (RE)} guasto"),
        SL_TEST_EXAMPLE("{Via Verdi 3, Rozzano (MI)} guasto"),
        SL_TEST_EXAMPLE("{Via Verdi 3 Rozzano (MI)} guasto"),
        SL_TEST_EXAMPLE("{Via Verdi 3 Roma RM 00187}"),
        SL_TEST_EXAMPLE("{via Verdi 3, la spezia} guasto"),
        SL_TEST_EXAMPLE("{VIA VERDI 3, 20121 MILANO} GUASTO DA IERI"),
        SL_TEST_EXAMPLE("{Via Verdi 20121 Milano} guasto"),
        SL_TEST_EXAMPLE("{Via Verdi 3\n20121 Milano}"),
        SL_TEST_EXAMPLE("{Via Verdi 3} Napoli"),
        SL_TEST_EXAMPLE("{Via Verdi 3} a Napoli"),
        SL_TEST_EXAMPLE("{Via Verdi 3}, citofono Bruni"),
        SL_TEST_EXAMPLE("in {via Verdi 3} c'è il guasto"),
        SL_TEST_EXAMPLE("{Via Verdi 3 B} senza linea"),
        SL_TEST_EXAMPLE("{Via Verdi 3}, Grazie"),
        SL_TEST_EXAMPLE("{Via Verdi 3}, Vodafone non prende"),
        SL_TEST_EXAMPLE("{Via Verdi 3}. Milano senza rete"),
        SL_TEST_EXAMPLE("{Via Verdi 3} e {via Bixio 9} senza rete"),
    };
    EXPECT(examples);
}

Test(identify_address, look_english_street_masks_number_name_and_code) {
    static const struct sl_test_example examples[] = {
        SL_TEST_EXAMPLE("I live at {14 Juniper Road}, no signal"),
        SL_TEST_EXAMPLE("{14 Juniper Road, Leeds LS1 4AB} no signal"),
        SL_TEST_EXAMPLE("{221B Baker Street London NW1 6XE}"),
        SL_TEST_EXAMPLE("my address is {8 high street, ox1 4aa}"),
        SL_TEST_EXAMPLE("{Flat 3, 27 Acacia Avenue, London}"),
        SL_TEST_EXAMPLE("{350 W 54th St, New York, NY 10019} has no service"),
        SL_TEST_EXAMPLE("{12-14 Queen's Road}"),
        SL_TEST_EXAMPLE("{1600 Pine Avenue NW}, again"),
        SL_TEST_EXAMPLE("deliver to {6 Orchard Close} please"),
        SL_TEST_EXAMPLE("router sent to {90 Mill Lane}"),
        SL_TEST_EXAMPLE("we live at {12 willow drive} since May"),
    };
    EXPECT(examples);
}

Test(identify_address, look_everyday_words_for_streets_leaves_them) {
    static const struct sl_test_example examples[] = {
        SL_TEST_EXAMPLE("vado via da questo operatore, 3 mesi di disagi"),
        SL_TEST_EXAMPLE("vi ho scritto via mail 3 volte"),
        SL_TEST_EXAMPLE("mandato via sms al 4040"),
        SL_TEST_EXAMPLE("in via di risoluzione 3 casi su 10"),
        SL_TEST_EXAMPLE("via libera a 5 antenne"),
        SL_TEST_EXAMPLE("via col vento 2 la vendetta"),
        SL_TEST_EXAMPLE("Via Col Vento 2"),
        SL_TEST_EXAMPLE("buttati via 5 euro"),
        SL_TEST_EXAMPLE("via 5 euro al mese e via 2 giga"),
        SL_TEST_EXAMPLE("corso 24 mesi, poi disdetta"),
        SL_TEST_EXAMPLE("lavori in corso 2 squadre"),
        SL_TEST_EXAMPLE("nel corso del 2023 ho chiamato 8 volte"),
        SL_TEST_EXAMPLE("corso di inglese 2 livelli"),
        SL_TEST_EXAMPLE("corso Java 8 online"),
        SL_TEST_EXAMPLE("piazza Affari 2 punti in meno"),
        SL_TEST_EXAMPLE("scesi in piazza 200 lavoratori"),
        SL_TEST_EXAMPLE("Sono in piazza. Altri 30 arrivano"),
        SL_TEST_EXAMPLE("largo ai giovani 2.0"),
        SL_TEST_EXAMPLE("strada facendo 10 anni dopo"),
        SL_TEST_EXAMPLE("la strada è lunga 12 km"),
        SL_TEST_EXAMPLE("chiusa la strada statale 16 per lavori"),
        SL_TEST_EXAMPLE("viale del tramonto"),
        SL_TEST_EXAMPLE("la ditta Bruni snc è andata via"),
        SL_TEST_EXAMPLE("via libera alla Bruni snc"),
        SL_TEST_EXAMPLE("incidente sulla Strada Statale 16"),
        SL_TEST_EXAMPLE("largo anticipo, 2 giorni"),
        SL_TEST_EXAMPLE("in via del tutto eccezionale 2 mesi gratis"),
        SL_TEST_EXAMPLE("una frazione di secondo, 3 al massimo"),
        SL_TEST_EXAMPLE("concerto in Piazza Castello 20 dicembre"),
        SL_TEST_EXAMPLE("manifestazione in piazza Duomo ore 18"),
        SL_TEST_EXAMPLE("pagato via bonifico 2 bollette"),
        SL_TEST_EXAMPLE("risposto via Twitter 1 volta, via WhatsApp 2"),
        SL_TEST_EXAMPLE("in via telematica 2 moduli"),
        SL_TEST_EXAMPLE("in via prioritaria 4 clienti"),
        SL_TEST_EXAMPLE("via Garibaldi 5 ore senza corrente"),
        SL_TEST_EXAMPLE("via Garibaldi 30% senza corrente"),
        SL_TEST_EXAMPLE("via Garibaldi 12,50 euro di corsa"),
        SL_TEST_EXAMPLE("in via Garibaldi niente linea dal 3/4/2024"),
        SL_TEST_EXAMPLE("via Garibaldi 03/04/2024 alle 18"),
        SL_TEST_EXAMPLE("via Garibaldi 18:30"),
        SL_TEST_EXAMPLE("a Milano in zona Lambrate non va niente da 2 giorni"),
        SL_TEST_EXAMPLE("v 2.0 del firmware"),
        SL_TEST_EXAMPLE("Bruni v. Carli 3-2"),
        SL_TEST_EXAMPLE("quartiere senza luce, 40 famiglie"),
        SL_TEST_EXAMPLE("a lungo termine 3 anni"),
        SL_TEST_EXAMPLE("lungo almeno 150 metri"),
        SL_TEST_EXAMPLE("salita a 30 euro"),
        SL_TEST_EXAMPLE("sono andato via lunedì 18"),
        SL_TEST_EXAMPLE("fibra via cavo 100"),
        SL_TEST_EXAMPLE("porta via tutto 2 volte"),
        SL_TEST_EXAMPLE("via Marconi (2 guasti in un mese)"),
        SL_TEST_EXAMPLE("via Marconi: 3"),
        SL_TEST_EXAMPLE("via Roma 4G assente, 5G pure"),
        SL_TEST_EXAMPLE("operativi in via Roma 24/7"),
        SL_TEST_EXAMPLE("via Verdi contro via Bixio 2 a 1"),
        SL_TEST_EXAMPLE("in via Marconi 2 antenne nuove"),
        SL_TEST_EXAMPLE("in via di 1000 non va niente"),
    };
    EXPECT(examples);
}

Test(identify_address, look_ways_and_drives_leaves_them) {
    static const struct sl_test_example examples[] = {
        SL_TEST_EXAMPLE("an 8 hour drive for nothing"),
        SL_TEST_EXAMPLE("$39 each way"),
        SL_TEST_EXAMPLE("300 one way"),
        SL_TEST_EXAMPLE("1 Click Way to pay"),
        SL_TEST_EXAMPLE("20 minutes on the road"),
        SL_TEST_EXAMPLE("5 in St. Louis"),
        SL_TEST_EXAMPLE("10 is way too early"),
        SL_TEST_EXAMPLE("1. Anna 2. Lois 3. Lane"),
        SL_TEST_EXAMPLE("30 best since close 9:00"),
        SL_TEST_EXAMPLE("3 BROKEN ROAD SIGNS"),
        SL_TEST_EXAMPLE("there were 2 of us in the street"),
        SL_TEST_EXAMPLE("via DHL 3 working days"),
    };
    EXPECT(examples);
}

Test(identify_address, look_labels_of_the_stage_leaves_them) {
    static const struct sl_test_example examples[] = {
        SL_TEST_EXAMPLE("via [ADDRESS] 3"),
        SL_TEST_EXAMPLE("abito in [ADDRESS], 20121 passi da voi"),
        SL_TEST_EXAMPLE("abito in via Verdi 3[PHONE]"),
        SL_TEST_EXAMPLE("[ADDRESS]14 High Street"),
    };
    EXPECT(examples);
}
