package io.sallyport.core.caller;

import static java.util.Objects.requireNonNull;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;

/**
 * The network address of a client. Immutable. Never resolves a name.
 *
 * <p>An IPv4 address inside IPv6 ({@code ::ffff:192.0.2.1}) is the IPv4 address.
 */
public final class ClientAddress {
  private static final int IPV6_PREFIX_BYTES = 8;
  private static final int MAX_IPV6_LENGTH = 45;
  private static final byte[] NONE = {};

  private final String text;
  private final byte[] bytes;

  private ClientAddress(String text, byte[] bytes) {
    this.text = text;
    this.bytes = bytes;
  }

  /** The address of a connection, as the container tells it; {@code 0.0.0.0} if it has none. */
  public static ClientAddress ofPeer(String remoteAddress) {
    return parse(remoteAddress).orElseGet(() -> new ClientAddress("0.0.0.0", new byte[4]));
  }

  /** Reads an IPv4 or IPv6 literal, without port; empty for anything else, names included. */
  public static Optional<ClientAddress> parse(String literal) {
    String bare = requireNonNull(literal, "literal");
    if (bare.startsWith("[") && bare.endsWith("]")) {
      bare = bare.substring(1, bare.length() - 1);
    }
    if (bare.indexOf(':') < 0) {
      byte[] ipv4 = ipv4(bare);
      return ipv4.length == 0 ? Optional.empty() : Optional.of(new ClientAddress(bare, ipv4));
    }
    return isIpv6Text(bare) ? ipv6(bare) : Optional.empty();
  }

  private static Optional<ClientAddress> ipv6(String text) {
    try {
      // With a colon in it, this is a literal or an error; it is never looked up. An IPv4 address
      // inside comes back as its four bytes.
      InetAddress address = InetAddress.getByName(text);
      return Optional.of(new ClientAddress(address.getHostAddress(), address.getAddress()));
    } catch (UnknownHostException e) {
      return Optional.empty();
    }
  }

  private static boolean isIpv6Text(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean hex = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
      // No zone: an interface of ours means nothing for a client.
      if (!hex && c != ':' && c != '.') {
        return false;
      }
    }
    return text.length() <= MAX_IPV6_LENGTH;
  }

  // Four decimal numbers without leading zeros: 010.0.0.1 is 8.0.0.1 to some parsers. No
  // bytes where it is anything else. Written as a loop, since it runs with every request.
  private static byte[] ipv4(String text) {
    byte[] bytes = new byte[4];
    int part = 0;
    int value = -1;
    for (int i = 0; i <= text.length(); i++) {
      char c = i == text.length() ? '.' : text.charAt(i);
      if (c == '.') {
        if (value < 0 || part > 3) {
          return NONE;
        }
        bytes[part++] = (byte) value;
        value = -1;
      } else if (c < '0' || c > '9' || value == 0) {
        return NONE;
      } else {
        value = Math.max(value, 0) * 10 + c - '0';
        if (value > 255) {
          return NONE;
        }
      }
    }
    return part == 4 ? bytes : NONE;
  }

  /** The address in its numeric form. */
  public String text() {
    return text;
  }

  /**
   * What counts as one client: the address for IPv4, its /64 for IPv6, since one subscriber holds
   * at least that many addresses and could use a new one for each request.
   */
  public String clientKey() {
    if (bytes.length == 4) {
      return text;
    }
    return HexFormat.of().formatHex(bytes, 0, IPV6_PREFIX_BYTES) + "/64";
  }

  /** The 4 or 16 bytes of the address, a copy. */
  public byte[] bytes() {
    return bytes.clone();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ClientAddress that && Arrays.equals(bytes, that.bytes);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bytes);
  }

  @Override
  public String toString() {
    return text;
  }
}
