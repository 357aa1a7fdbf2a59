/* The ratchet of libsignal-protocol-c in protocol version 2.
 *
 * The library no longer sets up sessions of that version, but it still speaks it inside of one; so
 * the session is put together here out of the library's own parts. Each run does one step and prints
 * its results in hexadecimal, one a line, the state of the session first:
 *
 *   answer OUR-IDENTITY-PRIVATE OUR-PREKEY-PRIVATE THEIR-IDENTITY THEIR-BASE     -> state
 *   initiate OUR-IDENTITY-PRIVATE THEIR-IDENTITY THEIR-PREKEY                    -> state, base key
 *   encrypt STATE PLAINTEXT                                                      -> state, message
 *   decrypt STATE MESSAGE                                                        -> state, plaintext
 *   measure COUNT SIZE      -> messages encrypted, decrypted and turns taken in a second, in decimals
 */
#include <openssl/evp.h>
#include <openssl/params.h>
#include <openssl/rand.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <curve.h>
#include <hkdf.h>
#include <protocol.h>
#include <ratchet.h>
#include <session_cipher.h>
#include <session_record.h>
#include <session_state.h>
#include <signal_protocol.h>

#define SIZE 32
static signal_context *context;
static signal_buffer *stored;

static void check(int result, const char *step) {
  if (result < 0) {
    printf("error %d: %s\n", result, step);
    exit(1);
  }
}

/* What the library wants of a cryptography library. */

static int random_bytes(uint8_t *data, size_t count, void *user) {
  return RAND_bytes(data, (int)count) == 1 ? 0 : SG_ERR_UNKNOWN;
}

static int hmac_init(void **hmac, const uint8_t *key, size_t count, void *user) {
  EVP_MAC *kind = EVP_MAC_fetch(NULL, "HMAC", NULL);
  OSSL_PARAM digest[] = {OSSL_PARAM_construct_utf8_string("digest", "SHA256", 0), OSSL_PARAM_END};
  *hmac = EVP_MAC_CTX_new(kind);
  EVP_MAC_free(kind);
  return EVP_MAC_init(*hmac, key, count, digest) == 1 ? 0 : SG_ERR_UNKNOWN;
}

static int hmac_update(void *hmac, const uint8_t *data, size_t count, void *user) {
  return EVP_MAC_update(hmac, data, count) == 1 ? 0 : SG_ERR_UNKNOWN;
}

static int hmac_final(void *hmac, signal_buffer **output, void *user) {
  uint8_t code[SIZE];
  size_t count = 0;
  if (EVP_MAC_final(hmac, code, &count, SIZE) != 1) return SG_ERR_UNKNOWN;
  *output = signal_buffer_create(code, count);
  return 0;
}

static void hmac_cleanup(void *hmac, void *user) { EVP_MAC_CTX_free(hmac); }

static int apply_aes(signal_buffer **output, int kind, int encrypting, const uint8_t *key,
                     size_t key_count, const uint8_t *iv, const uint8_t *text, size_t count) {
  if (key_count != SIZE || kind != SG_CIPHER_AES_CTR_NOPADDING) return SG_ERR_UNKNOWN;
  EVP_CIPHER_CTX *cipher = EVP_CIPHER_CTX_new();
  *output = signal_buffer_alloc(count);
  int done = 0;
  int ok = EVP_CipherInit_ex(cipher, EVP_aes_256_ctr(), NULL, key, iv, encrypting) == 1
    && EVP_CipherUpdate(cipher, signal_buffer_data(*output), &done, text, (int)count) == 1;
  EVP_CIPHER_CTX_free(cipher);
  return ok ? 0 : SG_ERR_UNKNOWN;
}

static int encrypt_aes(signal_buffer **output, int kind, const uint8_t *key, size_t key_count,
                       const uint8_t *iv, size_t iv_count, const uint8_t *text, size_t count,
                       void *user) {
  return apply_aes(output, kind, 1, key, key_count, iv, text, count);
}

static int decrypt_aes(signal_buffer **output, int kind, const uint8_t *key, size_t key_count,
                       const uint8_t *iv, size_t iv_count, const uint8_t *text, size_t count,
                       void *user) {
  return apply_aes(output, kind, 0, key, key_count, iv, text, count);
}

/* What it wants of a store: one session, and trust in everybody. */

static int load_session(signal_buffer **record, signal_buffer **user_record,
                        const signal_protocol_address *address, void *user) {
  *record = signal_buffer_copy(stored);
  return 1;
}

static int store_session(const signal_protocol_address *address, uint8_t *record, size_t count,
                         uint8_t *user_record, size_t user_count, void *user) {
  signal_buffer_free(stored);
  stored = signal_buffer_create(record, count);
  return 0;
}

static int contains_session(const signal_protocol_address *address, void *user) { return 1; }

static int save_identity(const signal_protocol_address *address, uint8_t *key, size_t count,
                         void *user) {
  return 0;
}

static int trust_identity(const signal_protocol_address *address, uint8_t *key, size_t count,
                          void *user) {
  return 1;
}

static void no_lock(void *user) {}

static void begin(void) {
  static const signal_crypto_provider provider = {
    .random_func = random_bytes, .hmac_sha256_init_func = hmac_init,
    .hmac_sha256_update_func = hmac_update, .hmac_sha256_final_func = hmac_final,
    .hmac_sha256_cleanup_func = hmac_cleanup, .encrypt_func = encrypt_aes,
    .decrypt_func = decrypt_aes};
  check(signal_context_create(&context, NULL), "context");
  check(signal_context_set_crypto_provider(context, &provider), "cryptography");
  check(signal_context_set_locking_functions(context, no_lock, no_lock), "locks");
}

/* Hexadecimal text. */

static signal_buffer *bytes(const char *text) {
  signal_buffer *buffer = signal_buffer_alloc(strlen(text) / 2);
  for (size_t place = 0; place < signal_buffer_len(buffer); place++) {
    unsigned int byte = 0;
    check(sscanf(text + 2 * place, "%2x", &byte) == 1 ? 0 : SG_ERR_INVAL, "hexadecimal text");
    signal_buffer_data(buffer)[place] = (uint8_t)byte;
  }
  return buffer;
}

static void print(signal_buffer *buffer) {
  for (size_t place = 0; place < signal_buffer_len(buffer); place++)
    printf("%02x", signal_buffer_data(buffer)[place]);
  printf("\n");
}

/* Keys. */

static ec_public_key *public_key(const char *text) {
  signal_buffer *data = bytes(text);
  ec_public_key *key = NULL;
  check(curve_decode_point(&key, signal_buffer_data(data), signal_buffer_len(data), context),
        "public key");
  return key;
}

static ec_key_pair *key_pair(const char *text) {
  signal_buffer *data = bytes(text);
  ec_private_key *private_key = NULL;
  ec_public_key *key = NULL;
  ec_key_pair *pair = NULL;
  check(curve_decode_private_point(&private_key, signal_buffer_data(data),
                                   signal_buffer_len(data), context), "private key");
  check(curve_generate_public_key(&key, private_key), "its public key");
  check(ec_key_pair_create(&pair, key, private_key), "key pair");
  return pair;
}

static void agree(uint8_t *output, ec_key_pair *ours, ec_public_key *theirs) {
  uint8_t *secret = NULL;
  check(curve_calculate_agreement(&secret, theirs, ec_key_pair_get_private(ours)), "agreement");
  memcpy(output, secret, SIZE);
}

/* The three-way agreement, and the first root and chain key made from it. */
static void derive(const uint8_t agreed[3 * SIZE], hkdf_context **kdf, ratchet_root_key **root,
                   ratchet_chain_key **chain) {
  static const char info[] = "WhisperText";
  uint8_t salt[SIZE] = {0};
  uint8_t *keys = NULL;
  check(hkdf_create(kdf, 2, context), "HKDF of version 2");
  check((int)hkdf_derive_secrets(*kdf, &keys, agreed, 3 * SIZE, salt, SIZE, (const uint8_t *)info,
                                 strlen(info), 2 * SIZE), "first keys");
  check(ratchet_root_key_create(root, *kdf, keys, SIZE, context), "root key");
  check(ratchet_chain_key_create(chain, *kdf, keys + SIZE, SIZE, 0, context), "chain key");
}

static session_state *new_state(ec_key_pair *identity, ec_public_key *their_identity) {
  session_state *state = NULL;
  check(session_state_create(&state, context), "state");
  session_state_set_session_version(state, 2);
  session_state_set_local_identity_key(state, ec_key_pair_get_public(identity));
  session_state_set_remote_identity_key(state, their_identity);
  return state;
}

static signal_buffer *record_of(session_state *state) {
  session_record *record = NULL;
  signal_buffer *buffer = NULL;
  check(session_record_create(&record, state, context), "record");
  check(session_record_serialize(&buffer, record), "stored record");
  return buffer;
}

/* Steps. */

static session_state *answered(ec_key_pair *identity, ec_key_pair *prekey,
                               ec_public_key *their_identity, ec_public_key *base) {
  uint8_t agreed[3 * SIZE];
  agree(agreed, prekey, their_identity);
  agree(agreed + SIZE, identity, base);
  agree(agreed + 2 * SIZE, prekey, base);
  hkdf_context *kdf = NULL;
  ratchet_root_key *root = NULL;
  ratchet_chain_key *chain = NULL;
  derive(agreed, &kdf, &root, &chain);
  session_state *state = new_state(identity, their_identity);
  session_state_set_root_key(state, root);
  session_state_set_sender_chain(state, prekey, chain);
  return state;
}

static void answer(char **arguments) {
  print(record_of(answered(key_pair(arguments[0]), key_pair(arguments[1]),
                           public_key(arguments[2]), public_key(arguments[3]))));
}

static session_state *initiated(ec_key_pair *identity, ec_public_key *their_identity,
                                ec_public_key *prekey, ec_key_pair **base_pair) {
  ec_key_pair *base = NULL, *ratchet_key = NULL;
  check(curve_generate_key_pair(context, &base), "base key");
  check(curve_generate_key_pair(context, &ratchet_key), "ratchet key");
  uint8_t agreed[3 * SIZE];
  agree(agreed, identity, prekey);
  agree(agreed + SIZE, base, their_identity);
  agree(agreed + 2 * SIZE, base, prekey);
  hkdf_context *kdf = NULL;
  ratchet_root_key *root = NULL, *turned_root = NULL;
  ratchet_chain_key *chain = NULL, *turned_chain = NULL;
  derive(agreed, &kdf, &root, &chain);
  check(ratchet_root_key_create_chain(root, &turned_root, &turned_chain, prekey,
                                      ec_key_pair_get_private(ratchet_key)), "first turn");
  session_state *state = new_state(identity, their_identity);
  check(session_state_add_receiver_chain(state, prekey, chain), "receiver chain");
  session_state_set_root_key(state, turned_root);
  session_state_set_sender_chain(state, ratchet_key, turned_chain);
  *base_pair = base;
  return state;
}

static void initiate(char **arguments) {
  ec_key_pair *base = NULL;
  print(record_of(initiated(key_pair(arguments[0]), public_key(arguments[1]),
                            public_key(arguments[2]), &base)));
  signal_buffer *base_key = NULL;
  check(ec_public_key_serialize(&base_key, ec_key_pair_get_public(base)), "base key");
  print(base_key);
}

static session_cipher *new_cipher(void) {
  static const signal_protocol_session_store sessions = {
    .load_session_func = load_session, .store_session_func = store_session,
    .contains_session_func = contains_session};
  static const signal_protocol_identity_key_store identities = {
    .save_identity = save_identity, .is_trusted_identity = trust_identity};
  static const signal_protocol_address address = {"peer", 4, 1};
  signal_protocol_store_context *store = NULL;
  session_cipher *cipher = NULL;
  check(signal_protocol_store_context_create(&store, context), "store");
  check(signal_protocol_store_context_set_session_store(store, &sessions), "session store");
  check(signal_protocol_store_context_set_identity_key_store(store, &identities), "trust");
  check(session_cipher_create(&cipher, store, &address, context), "cipher");
  return cipher;
}

static signal_buffer *encrypted(session_cipher *cipher, signal_buffer *text) {
  ciphertext_message *message = NULL;
  check(session_cipher_encrypt(cipher, signal_buffer_data(text), signal_buffer_len(text), &message),
        "encryption");
  signal_buffer *output = signal_buffer_copy(ciphertext_message_get_serialized(message));
  SIGNAL_UNREF(message);
  return output;
}

static signal_buffer *decrypted(session_cipher *cipher, signal_buffer *input) {
  signal_message *message = NULL;
  signal_buffer *output = NULL;
  check(signal_message_deserialize(&message, signal_buffer_data(input), signal_buffer_len(input),
                                   context), "message");
  check(session_cipher_decrypt_signal_message(cipher, message, NULL, &output), "decryption");
  SIGNAL_UNREF(message);
  return output;
}

static void converse(int encrypting, char **arguments) {
  stored = bytes(arguments[0]);
  session_cipher *cipher = new_cipher();
  signal_buffer *input = bytes(arguments[1]);
  signal_buffer *output = encrypting ? encrypted(cipher, input) : decrypted(cipher, input);
  print(stored);
  print(output);
}

/* How fast it is, with both ends in this process: each message loads and stores a session. */

static double now(void) {
  struct timespec time;
  clock_gettime(CLOCK_MONOTONIC, &time);
  return (double)time.tv_sec + (double)time.tv_nsec / 1e9;
}

/* The sessions of both ends; `stored` is the one in use. */
static signal_buffer *ends[2];

static void use(int end) {
  ends[!end] = stored;
  stored = ends[end];
}

static void measure(int count, int size) {
  ec_key_pair *alice = NULL, *bob = NULL, *prekey = NULL, *base = NULL;
  check(curve_generate_key_pair(context, &alice), "identity");
  check(curve_generate_key_pair(context, &bob), "identity");
  check(curve_generate_key_pair(context, &prekey), "prekey");
  session_state *state = initiated(alice, ec_key_pair_get_public(bob),
                                   ec_key_pair_get_public(prekey), &base);
  stored = record_of(state);
  ends[1] = record_of(answered(bob, prekey, ec_key_pair_get_public(alice),
                               ec_key_pair_get_public(base)));
  session_cipher *cipher = new_cipher();
  signal_buffer *text = signal_buffer_alloc((size_t)size);
  memset(signal_buffer_data(text), 'x', (size_t)size);
  signal_buffer **messages = malloc(sizeof *messages * (size_t)count);
  double start = now();
  for (int number = 0; number < count; number++) messages[number] = encrypted(cipher, text);
  double encrypting = now() - start;
  use(1);
  start = now();
  for (int number = 0; number < count; number++)
    signal_buffer_free(decrypted(cipher, messages[number]));
  double decrypting = now() - start;
  start = now();
  for (int number = 0; number < count; number++) {
    signal_buffer *message = encrypted(cipher, text);
    use(number % 2);
    signal_buffer_free(decrypted(cipher, message));
    signal_buffer_free(message);
  }
  double turning = now() - start;
  printf("%.0f\n%.0f\n%.0f\n", count / encrypting, count / decrypting, count / turning);
}

int main(int count, char **arguments) {
  begin();
  const char *step = count > 1 ? arguments[1] : "";
  if (!strcmp(step, "answer") && count == 6) answer(arguments + 2);
  else if (!strcmp(step, "initiate") && count == 5) initiate(arguments + 2);
  else if (!strcmp(step, "encrypt") && count == 4) converse(1, arguments + 2);
  else if (!strcmp(step, "decrypt") && count == 4) converse(0, arguments + 2);
  else if (!strcmp(step, "measure") && count == 4) measure(atoi(arguments[2]), atoi(arguments[3]));
  else check(SG_ERR_INVAL, "arguments");
  return 0;
}
