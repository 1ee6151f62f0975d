package io.sallyport.core.caller;

import static java.util.Objects.requireNonNull;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.HexFormat;
import java.util.Optional;

/**
 * The network address of a client. Immutable. Never resolves a name.
 *
 * <p>An IPv4 address inside IPv6 ({@code ::ffff:192.0.2.1}) is the IPv4 address.
 */
public final class ClientAddress {
  private static final int IPV6_PREFIX_BYTES = 8;

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
    byte[] ipv4 = ipv4(bare);
    if (ipv4 != null) {
      return Optional.of(of(ipv4));
    }
    if (!bare.matches("[0-9a-fA-F:.]{2,45}") || bare.indexOf(':') < 0) {
      return Optional.empty();
    }
    try {
      // With a colon in it, this is a literal or an error; it is never looked up.
      return Optional.of(of(InetAddress.getByName(bare).getAddress()));
    } catch (UnknownHostException e) {
      return Optional.empty();
    }
  }

  private static ClientAddress of(byte[] bytes) {
    try {
      return new ClientAddress(InetAddress.getByAddress(bytes).getHostAddress(), bytes);
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException("an address has 4 or 16 bytes", e);
    }
  }

  // Four decimal numbers without leading zeros: 010.0.0.1 is 8.0.0.1 to some parsers.
  private static byte @org.jspecify.annotations.Nullable [] ipv4(String text) {
    if (!text.matches("[0-9]{1,3}(\\.[0-9]{1,3}){3}")) {
      return null;
    }
    byte[] bytes = new byte[4];
    String[] parts = text.split("\\.", -1);
    for (int i = 0; i < 4; i++) {
      int part = Integer.parseInt(parts[i]);
      if (part > 255 || (parts[i].length() > 1 && parts[i].charAt(0) == '0')) {
        return null;
      }
      bytes[i] = (byte) part;
    }
    return bytes;
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
    return other instanceof ClientAddress that && java.util.Arrays.equals(bytes, that.bytes);
  }

  @Override
  public int hashCode() {
    return java.util.Arrays.hashCode(bytes);
  }

  @Override
  public String toString() {
    return text;
  }
}
