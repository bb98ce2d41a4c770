// SPDX-License-Identifier: Apache-2.0
//
// Goal: of a link the secret goes and the rest stays; secrets of programs are masked wherever they
// stand; ids that are there to be shared are left alone.
// Method: examples with the place in braces, all kinds on. Every secret is invented; those with a
// known beginning are put together here so that no scanner takes them for leaked ones.
#include <criterion/criterion.h>
#include <stdio.h>
#include <string.h>

#include "support/finder.h"

TestSuite(identify_url_token, .init = sl_test_finder_init, .fini = sl_test_finder_done);

#define EXPECT(examples)                                                                           \
    sl_test_expect_marked(SL_KIND_URL_TOKEN, examples, sizeof(examples) / sizeof(examples)[0])

Test(identify_url_token, look_user_and_password_of_a_link_masks_each) {
    static const struct sl_test_example examples[] = {
        SL_TEST_EXAMPLE("https://{gino}:{lasegreta}@example.it/"),
        SL_TEST_EXAMPLE("ftp://{gino}:{p%40ss}@ftp.example.it/file"),
        SL_TEST_EXAMPLE("rtsp://{admin}:{Casa-12}@example.it:554/live"),
        SL_TEST_EXAMPLE("https://{u}:{a@b}@example.it"),
        SL_TEST_EXAMPLE("https://example.it/?next=https://{gino}:{lasegreta}@example.org/"),
    };
    EXPECT(examples);
}

Test(identify_url_token, look_value_of_a_key_masks_it) {
    static const struct sl_test_example examples[] = {
        SL_TEST_EXAMPLE("https://example.it/?token={zk81hs}"),
        SL_TEST_EXAMPLE("https://example.it/a?lang=it&access_token={a.b-c_9}&x=1"),
        SL_TEST_EXAMPLE("https://example.it/#id_token={q1w2e3r4},"),
        SL_TEST_EXAMPLE("vedi (https://example.it/?sid={9f8e7d6c5b})"),
        SL_TEST_EXAMPLE("https://example.it/p;jsessionid={0A1B2C3D4E5F}?x=1"),
        SL_TEST_EXAMPLE("https://example.it/dl?sig={abc/12+34%3D}&e=2"),
        SL_TEST_EXAMPLE("https://example.it/?api-key={k9k9k9k9}&q=roma"),
        SL_TEST_EXAMPLE("https://example.it/?email={gino%40example.org}"),
        SL_TEST_EXAMPLE("https://example.it/?msisdn={393471234567}&op=x"),
        SL_TEST_EXAMPLE("https://example.it/login?user={gino.verdi}&pass={Casa12!x}"),
        SL_TEST_EXAMPLE("https://example.it/cb?code={4921ab}&state=7"),
        SL_TEST_EXAMPLE("hxxps://example[.]it/?token={zk81hs}"),
        SL_TEST_EXAMPLE("example.it/?access_token={zk81hs} scaduto"),
        SL_TEST_EXAMPLE("HTTPS://EXAMPLE.IT/?TOKEN={ZK81HS}"),
    };
    EXPECT(examples);
}

Test(identify_url_token, look_path_with_a_secret_masks_it) {
    static const struct sl_test_example examples[] = {
        SL_TEST_EXAMPLE("https://example.it/reset/{0a1b2c3d-1122-4333-8444-a5b6c7d8e9f0}"),
        SL_TEST_EXAMPLE("https://example.it/it/conferma-email/{7f3a9c21}"),
        SL_TEST_EXAMPLE("https://example.it/invite/{4829104}/ok"),
        SL_TEST_EXAMPLE("https://example.it/verify?id={0a1b2c3d-1122-4333-8444-a5b6c7d8e9f0}"),
        SL_TEST_EXAMPLE("example.it/attivazione/{0a1b2c3d-1122-4333-8444-a5b6c7d8e9f0}"),
        SL_TEST_EXAMPLE("https://example.it/s/{aZ81kQ02mLx93TvB7yWc}"),
        SL_TEST_EXAMPLE("https://example.it/f/{0f1e2d3c4b5a69788796a5b4c3d2e1f0}?dl=1"),
    };
    EXPECT(examples);
}

Test(identify_url_token, look_link_to_share_keeps_it) {
    static const struct sl_test_example examples[] = {
        SL_TEST_EXAMPLE("https://t.co/aB3dE5fG7h pic.twitter.com/Zx9Yw8Vu7t"),
        SL_TEST_EXAMPLE("https://youtu.be/a1B2c3D4e5F?si=Qw3rTy7uIoP9aSdF&t=42"),
        SL_TEST_EXAMPLE("https://www.youtube.com/watch?v=a1B2c3D4e5F&list=PLa1B2c3D4e5F6g7H8i9J0k"),
        SL_TEST_EXAMPLE("https://www.instagram.com/p/Ca1B2c3D4e5/?igsh=MWQ3ZTk2YjR4cXZw"),
        SL_TEST_EXAMPLE("https://www.instagram.com/reel/Ca1B2c3D4e5/?igshid=YmMyMTA2M2Y="),
        SL_TEST_EXAMPLE("https://www.facebook.com/posts/pfbid02aB3dE5fG7hI9jK1lM3nO5pQ7rS9"),
        SL_TEST_EXAMPLE("https://open.spotify.com/track/4aB3dE5fG7hI9jK1lM3nO5"),
        SL_TEST_EXAMPLE("https://open.spotify.com/intl-it/4aB3dE5fG7hI9jK1lM3nO5"),
        SL_TEST_EXAMPLE("https://example.it/?utm_source=x&utm_campaign=a1b2c3d4e5f6a7b8c9d0"),
        SL_TEST_EXAMPLE("https://example.it/?fbclid=IwAR0aB3dE5fG7hI9jK1lM3nO5pQ7rS9tU1vW3"),
        SL_TEST_EXAMPLE("https://example.it/?gclid=Cj0KCQjw1aB3dE5fG7hI9jK1lM3"),
        SL_TEST_EXAMPLE("https://example.it/notizie/2026/11/fibra-5g-in-100-comuni-ecco-quali-1"),
        SL_TEST_EXAMPLE("https://example.it/verifica/copertura-fibra-2026"),
        SL_TEST_EXAMPLE("https://example.it/reset-password"),
        SL_TEST_EXAMPLE("https://example.it/img/0f1e2d3c4b5a69788796a5b4c3d2e1f0.jpg"),
        SL_TEST_EXAMPLE("https://example.it/commit/0f1e2d3c4b5a69788796a5b4c3d2e1f001122334"),
        SL_TEST_EXAMPLE("https://example.it/n/0a1b2c3d-1122-4333-8444-a5b6c7d8e9f0"),
        SL_TEST_EXAMPLE("https://example.it/?lang=it&code=it&auth=true&token=&key=menu"),
        SL_TEST_EXAMPLE("https://example.it/?mobile=1&session=2026&user=1&email=footer"),
        SL_TEST_EXAMPLE("https://git@host/x e https://git@host"),
        SL_TEST_EXAMPLE("https://x.it"),
        SL_TEST_EXAMPLE("://"),
        SL_TEST_EXAMPLE(
            "https://[URL_TOKEN]:[URL_TOKEN]@example.it/?token=[URL_TOKEN]&sid=[URL_TOKEN]"),
        SL_TEST_EXAMPLE("https://example.it/reset/[URL_TOKEN]"),
        SL_TEST_EXAMPLE("https://example.it/?tok…"),
    };
    EXPECT(examples);
}

// `secret` in the middle of a sentence is masked whole.
static void expect_secret(const char *first, const char *rest) {
    static struct sl_mask spans[SL_TEST_SPANS_MAX];
    char text[512];
    size_t secret = strlen(first) + strlen(rest);
    int len = snprintf(text, sizeof text, "ecco %s%s, va bene?", first, rest);
    cr_assert_eq(sl_test_find(sl_test_finder(), text, (size_t)len, spans), 1, "%s", first);
    cr_expect_eq(spans[0].kind, SL_KIND_URL_TOKEN, "%s", first);
    cr_expect(spans[0].start == 5 && spans[0].end == 5 + secret, "%s", first);
}

Test(identify_url_token, look_secret_of_known_form_masks_it) {
    expect_secret("ghp_", "0aB1cD2eF3gH4iJ5kL6mN7oP8qR9sT0uV1wX");
    expect_secret("github_pat_", "0aB1cD2eF3gH4iJ5kL6mN7_8qR9sT0uV1wX2yZ3aB4cD5eF6gH7iJ8kL9mN0oP");
    expect_secret("glpat-", "0aB1cD2eF3gH4iJ5kL6m");
    expect_secret("AKIA", "Q2W3E4R5T6Y7U2I3");
    expect_secret("sk-", "proj-0aB1cD2eF3gH4iJ5kL6mN7oP8qR9sT0uV1wX");
    expect_secret("xoxb-", "120345678901-1203456789012-aB1cD2eF3gH4iJ5kL6mN7oP8");
    expect_secret("AIza", "SyA0b1C2d3E4f5G6h7I8j9K0l1M2n3O4p5Q");
    expect_secret("ya29.", "a0aB1cD2eF3gH4iJ5kL6mN7oP8qR9sT0uV1wX");
    expect_secret("eyJ", "hbGciOiJub25lIn0aB.eyJpZCI6NDJ9aB1cD2eF3g.c2lnbmF0dXJlMTIzNDU2");
    expect_secret("-----BEGIN RSA PRIVATE KEY-----",
                  " MIIEowIBAAKCAQEA0aB1cD2eF3gH4iJ5kL6m N7oP8qR9sT0uV1wX2yZ3aB4cD5eF6gH7 "
                  "-----END RSA PRIVATE KEY-----");
    expect_secret("-----BEGIN PRIVATE KEY-----", " MIIEowIBAAKCAQEA0aB1cD2eF3gH4iJ5kL6m");
}

Test(identify_url_token, look_random_word_behind_its_cue_masks_it) {
    static const struct sl_test_example examples[] = {
        SL_TEST_EXAMPLE("api key: {0f1e2d3c4b5a69788796}"),
        SL_TEST_EXAMPLE("il token è {aZ81kQ02mLx93TvB7yWc}"),
        SL_TEST_EXAMPLE("Authorization: Bearer {aZ81kQ02mLx93TvB7yWc}"),
        SL_TEST_EXAMPLE("client_secret={aZ81kQ02mLx93TvB7yWc}"),
    };
    EXPECT(examples);
}

Test(identify_url_token, look_words_of_programs_keeps_them) {
    static const struct sl_test_example examples[] = {
        SL_TEST_EXAMPLE("il token non arriva, ordine 12"),
        SL_TEST_EXAMPLE("token: non pervenuto12"),
        SL_TEST_EXAMPLE("sk-ip-intro-e-altre-cose-da-fare-subito 12"),
        SL_TEST_EXAMPLE("ghp_corto12"),
        SL_TEST_EXAMPLE("akiaq2w3e4r5t6y7u2i3"),
        SL_TEST_EXAMPLE("eyJhbGciOiJub25lIn0aB e basta"),
        SL_TEST_EXAMPLE("begin private key 12 e poi"),
        SL_TEST_EXAMPLE("reset/verifica dei 1000 conti"),
        SL_TEST_EXAMPLE("codice sconto aZ81kQ02mLx93TvB7yWc"),
        SL_TEST_EXAMPLE("[URL_TOKEN] token [URL_TOKEN]"),
    };
    EXPECT(examples);
}
