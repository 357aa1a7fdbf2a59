// libcrypto takes a millisecond of each start: it is opened when something is first encrypted, signed or
// connected, as a rule after the first picture.
#include "shim.h"
#include "../lazy.h"

#define FUNCTIONS(F)                                                                            \
  F(int, ASN1_INTEGER_set_uint64, (ASN1_INTEGER *a, uint64_t r), (a, r))                        \
  F(ASN1_TIME *, ASN1_TIME_set, (ASN1_TIME *s, time_t t), (s, t))                               \
  F(size_t, BIO_ctrl_pending, (BIO *b), (b))                                                    \
  F(int, BIO_free, (BIO *a), (a))                                                               \
  F(BIO *, BIO_new, (const BIO_METHOD *type), (type))                                           \
  F(int, BIO_read, (BIO *b, void *data, int dlen), (b, data, dlen))                             \
  F(const BIO_METHOD *, BIO_s_mem, (void), ())                                                  \
  F(int, CRYPTO_memcmp, (const void *in_a, const void *in_b, size_t len), (in_a, in_b, len))    \
  F(void, ERR_clear_error, (void), ())                                                          \
  F(void, ERR_error_string_n, (unsigned long e, char *buf, size_t len), (e, buf, len))          \
  F(unsigned long, ERR_get_error, (void), ())                                                   \
  F(int, EVP_CIPHER_CTX_ctrl, (EVP_CIPHER_CTX *ctx, int type, int arg, void *ptr),              \
    (ctx, type, arg, ptr))                                                                      \
  F(void, EVP_CIPHER_CTX_free, (EVP_CIPHER_CTX *c), (c))                                        \
  F(EVP_CIPHER_CTX *, EVP_CIPHER_CTX_new, (void), ())                                           \
  F(EVP_CIPHER *, EVP_CIPHER_fetch,                                                             \
    (OSSL_LIB_CTX *ctx, const char *algorithm, const char *properties),                         \
    (ctx, algorithm, properties))                                                               \
  F(int, EVP_CipherFinal_ex,                                                                    \
    (EVP_CIPHER_CTX *ctx, unsigned char *outm, int *outl), (ctx, outm, outl))                   \
  F(int, EVP_CipherInit_ex,                                                                     \
    (EVP_CIPHER_CTX *ctx, const EVP_CIPHER *cipher, ENGINE *impl, const unsigned char *key,     \
     const unsigned char *iv, int enc),                                                         \
    (ctx, cipher, impl, key, iv, enc))                                                          \
  F(int, EVP_CipherUpdate,                                                                      \
    (EVP_CIPHER_CTX *ctx, unsigned char *out, int *outl, const unsigned char *in, int inl),     \
    (ctx, out, outl, in, inl))                                                                  \
  F(int, EVP_Digest,                                                                            \
    (const void *data, size_t count, unsigned char *md, unsigned int *size, const EVP_MD *type, \
     ENGINE *impl),                                                                             \
    (data, count, md, size, type, impl))                                                        \
  F(int, EVP_DigestFinal_ex,                                                                    \
    (EVP_MD_CTX *ctx, unsigned char *md, unsigned int *s), (ctx, md, s))                        \
  F(int, EVP_DigestInit_ex,                                                                     \
    (EVP_MD_CTX *ctx, const EVP_MD *type, ENGINE *impl), (ctx, type, impl))                     \
  F(int, EVP_DigestUpdate, (EVP_MD_CTX *ctx, const void *d, size_t cnt), (ctx, d, cnt))         \
  F(int, EVP_EncryptInit_ex,                                                                    \
    (EVP_CIPHER_CTX *ctx, const EVP_CIPHER *cipher, ENGINE *impl, const unsigned char *key,     \
     const unsigned char *iv),                                                                  \
    (ctx, cipher, impl, key, iv))                                                               \
  F(int, EVP_EncryptUpdate,                                                                     \
    (EVP_CIPHER_CTX *ctx, unsigned char *out, int *outl, const unsigned char *in, int inl),     \
    (ctx, out, outl, in, inl))                                                                  \
  F(EVP_MAC_CTX *, EVP_MAC_CTX_dup, (const EVP_MAC_CTX *src), (src))                            \
  F(void, EVP_MAC_CTX_free, (EVP_MAC_CTX *ctx), (ctx))                                          \
  F(EVP_MAC_CTX *, EVP_MAC_CTX_new, (EVP_MAC *mac), (mac))                                      \
  F(int, EVP_MAC_CTX_set_params, (EVP_MAC_CTX *ctx, const OSSL_PARAM *params), (ctx, params))   \
  F(EVP_MAC *, EVP_MAC_fetch,                                                                   \
    (OSSL_LIB_CTX *libctx, const char *algorithm, const char *properties),                      \
    (libctx, algorithm, properties))                                                            \
  F(int, EVP_MAC_final,                                                                         \
    (EVP_MAC_CTX *ctx, unsigned char *out, size_t *outl, size_t outsize),                       \
    (ctx, out, outl, outsize))                                                                  \
  F(void, EVP_MAC_free, (EVP_MAC *mac), (mac))                                                  \
  F(int, EVP_MAC_init,                                                                          \
    (EVP_MAC_CTX *ctx, const unsigned char *key, size_t keylen, const OSSL_PARAM *params),      \
    (ctx, key, keylen, params))                                                                 \
  F(int, EVP_MAC_update,                                                                        \
    (EVP_MAC_CTX *ctx, const unsigned char *data, size_t datalen), (ctx, data, datalen))        \
  F(void, EVP_MD_CTX_free, (EVP_MD_CTX *ctx), (ctx))                                            \
  F(EVP_MD_CTX *, EVP_MD_CTX_new, (void), ())                                                   \
  F(EVP_MD *, EVP_MD_fetch,                                                                     \
    (OSSL_LIB_CTX *ctx, const char *algorithm, const char *properties),                         \
    (ctx, algorithm, properties))                                                               \
  F(int, EVP_PBE_scrypt,                                                                        \
    (const char *pass, size_t passlen, const unsigned char *salt, size_t saltlen, uint64_t N,   \
     uint64_t r, uint64_t p, uint64_t maxmem, unsigned char *key, size_t keylen),               \
    (pass, passlen, salt, saltlen, N, r, p, maxmem, key, keylen))                               \
  F(void, EVP_PKEY_CTX_free, (EVP_PKEY_CTX *ctx), (ctx))                                        \
  F(EVP_PKEY_CTX *, EVP_PKEY_CTX_new, (EVP_PKEY *pkey, ENGINE *e), (pkey, e))                   \
  F(EVP_PKEY_CTX *, EVP_PKEY_CTX_new_from_name,                                                 \
    (OSSL_LIB_CTX *libctx, const char *name, const char *propquery), (libctx, name, propquery)) \
  F(EVP_PKEY_CTX *, EVP_PKEY_CTX_new_id, (int id, ENGINE *e), (id, e))                          \
  F(int, EVP_PKEY_CTX_set_ec_paramgen_curve_nid, (EVP_PKEY_CTX *ctx, int nid), (ctx, nid))      \
  F(int, EVP_PKEY_derive,                                                                       \
    (EVP_PKEY_CTX *ctx, unsigned char *key, size_t *keylen), (ctx, key, keylen))                \
  F(int, EVP_PKEY_derive_init, (EVP_PKEY_CTX *ctx), (ctx))                                      \
  F(int, EVP_PKEY_derive_set_peer, (EVP_PKEY_CTX *ctx, EVP_PKEY *peer), (ctx, peer))            \
  F(void, EVP_PKEY_free, (EVP_PKEY *pkey), (pkey))                                              \
  F(int, EVP_PKEY_fromdata,                                                                     \
    (EVP_PKEY_CTX *ctx, EVP_PKEY **ppkey, int selection, OSSL_PARAM *param),                    \
    (ctx, ppkey, selection, param))                                                             \
  F(int, EVP_PKEY_fromdata_init, (EVP_PKEY_CTX *ctx), (ctx))                                    \
  F(int, EVP_PKEY_get_raw_public_key,                                                           \
    (const EVP_PKEY *pkey, unsigned char *pub, size_t *len), (pkey, pub, len))                  \
  F(int, EVP_PKEY_keygen, (EVP_PKEY_CTX *ctx, EVP_PKEY **ppkey), (ctx, ppkey))                  \
  F(int, EVP_PKEY_keygen_init, (EVP_PKEY_CTX *ctx), (ctx))                                      \
  F(EVP_PKEY *, EVP_PKEY_new_raw_private_key,                                                   \
    (int type, ENGINE *e, const unsigned char *priv, size_t len), (type, e, priv, len))         \
  F(EVP_PKEY *, EVP_PKEY_new_raw_public_key,                                                    \
    (int type, ENGINE *e, const unsigned char *pub, size_t len), (type, e, pub, len))           \
  F(const EVP_MD *, EVP_sha256, (void), ())                                                     \
  F(int, OPENSSL_init_crypto,                                                                   \
    (uint64_t opts, const OPENSSL_INIT_SETTINGS *settings), (opts, settings))                   \
  F(OSSL_LIB_CTX *, OSSL_LIB_CTX_new, (void), ())                                               \
  F(OSSL_PARAM, OSSL_PARAM_construct_end, (void), ())                                           \
  F(OSSL_PARAM, OSSL_PARAM_construct_octet_string,                                              \
    (const char *key, void *buf, size_t bsize), (key, buf, bsize))                              \
  F(OSSL_PARAM, OSSL_PARAM_construct_utf8_string,                                               \
    (const char *key, char *buf, size_t bsize), (key, buf, bsize))                              \
  F(int, PEM_write_bio_PKCS8PrivateKey,                                                         \
    (BIO *a, const EVP_PKEY *b, const EVP_CIPHER *c, const char *kstr, int klen, pem_password_cb\
     *cb, void *u),                                                                             \
    (a, b, c, kstr, klen, cb, u))                                                               \
  F(int, PEM_write_bio_X509, (BIO *out, const X509 *x), (out, x))                               \
  F(X509_EXTENSION *, X509V3_EXT_conf_nid,                                                      \
    (struct lhash_st_CONF_VALUE *conf, X509V3_CTX *ctx, int ext_nid, const char *value),        \
    (conf, ctx, ext_nid, value))                                                                \
  F(void, X509V3_set_ctx,                                                                       \
    (X509V3_CTX *ctx, X509 *issuer, X509 *subject, X509_REQ *req, X509_CRL *crl, int flags),    \
    (ctx, issuer, subject, req, crl, flags))                                                    \
  F(void, X509_EXTENSION_free, (X509_EXTENSION *a), (a))                                        \
  F(int, X509_NAME_add_entry_by_txt,                                                            \
    (X509_NAME *name, const char *field, int type, const unsigned char *bytes, int len, int loc,\
     int set),                                                                                  \
    (name, field, type, bytes, len, loc, set))                                                  \
  F(int, X509_add_ext, (X509 *x, X509_EXTENSION *ex, int loc), (x, ex, loc))                    \
  F(void, X509_free, (X509 *a), (a))                                                            \
  F(ASN1_INTEGER *, X509_get_serialNumber, (X509 *x), (x))                                      \
  F(X509_NAME *, X509_get_subject_name, (const X509 *a), (a))                                   \
  F(ASN1_TIME *, X509_getm_notAfter, (const X509 *x), (x))                                      \
  F(ASN1_TIME *, X509_getm_notBefore, (const X509 *x), (x))                                     \
  F(X509 *, X509_new, (void), ())                                                               \
  F(int, X509_set_issuer_name, (X509 *x, const X509_NAME *name), (x, name))                     \
  F(int, X509_set_pubkey, (X509 *x, EVP_PKEY *pkey), (x, pkey))                                 \
  F(int, X509_set_version, (X509 *x, long version), (x, version))                               \
  F(int, X509_sign, (X509 *x, EVP_PKEY *pkey, const EVP_MD *md), (x, pkey, md))

#define VARIADIC(F)

LAZY_LIBRARY(copenssl, "libcrypto.so.3", FUNCTIONS, VARIADIC)
