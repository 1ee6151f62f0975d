package io.sallyport.core.caller;

import java.util.Optional;

/** An address block, RFC 4632 and RFC 4291 section 2.3. Immutable. */
final class Network {
  private final byte[] prefix;
  private final int bits;

  private Network(byte[] prefix, int bits) {
    this.prefix = prefix;
    this.bits = bits;
  }

  /**
   * Reads an address, or a block whose bits beyond the prefix are zero; empty for anything else.
   */
  static Optional<Network> parse(String text) {
    int slash = text.indexOf('/');
    String literal = slash < 0 ? text : text.substring(0, slash);
    Optional<ClientAddress> address = ClientAddress.parse(literal);
    if (address.isEmpty()) {
      return Optional.empty();
    }
    byte[] bytes = address.get().bytes();
    int bits = slash < 0 ? bytes.length * 8 : number(text.substring(slash + 1));
    if (bits < 0 || bits > bytes.length * 8) {
      return Optional.empty();
    }
    // 10.0.0.1/8 may have been meant as one host or as sixteen million: not ours to guess.
    for (int bit = bits; bit < bytes.length * 8; bit++) {
      if ((bytes[bit / 8] & (0x80 >> bit % 8)) != 0) {
        return Optional.empty();
      }
    }
    return Optional.of(new Network(bytes, bits));
  }

  private static int number(String text) {
    boolean digits = !text.isEmpty() && text.length() <= 3;
    for (int i = 0; i < text.length() && digits; i++) {
      digits = text.charAt(i) >= '0' && text.charAt(i) <= '9';
    }
    return digits ? Integer.parseInt(text) : -1;
  }

  boolean contains(ClientAddress address) {
    byte[] bytes = address.bytes();
    if (bytes.length != prefix.length) {
      return false;
    }
    int whole = bits / 8;
    for (int i = 0; i < whole; i++) {
      if (bytes[i] != prefix[i]) {
        return false;
      }
    }
    int rest = bits % 8;
    int mask = rest == 0 ? 0 : 0xff << (8 - rest) & 0xff;
    return rest == 0 || (bytes[whole] & mask) == (prefix[whole] & mask);
  }
}
