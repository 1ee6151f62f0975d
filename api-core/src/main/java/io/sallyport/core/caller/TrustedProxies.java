package io.sallyport.core.caller;

import static java.util.Objects.requireNonNull;

import io.sallyport.core.endpoint.Fault;
import io.sallyport.core.endpoint.StartupException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The proxies whose word on the client's address is taken, and the header field in which they give
 * it. Immutable and safe for concurrent use.
 *
 * <p>Exactly one field is believed. A proxy writes one of the two and passes the other on as the
 * client sent it, so whoever believes both lets the client choose.
 */
public final class TrustedProxies {
  /** How many hops are followed back; more are made up. */
  public static final int MAX_HOPS = 32;

  private final Field field;
  private final List<Network> networks;

  private TrustedProxies(Field field, List<Network> networks) {
    this.field = field;
    this.networks = networks;
  }

  /**
   * Proxies at {@code networks}, addresses or CIDR blocks, that write {@code X-Forwarded-For}.
   *
   * @throws StartupException with every network that is not one
   */
  public static TrustedProxies xForwardedFor(String... networks) {
    return of(Field.X_FORWARDED_FOR, networks);
  }

  /**
   * Proxies at {@code networks}, addresses or CIDR blocks, that write {@code Forwarded}, RFC 7239.
   *
   * @throws StartupException with every network that is not one
   */
  public static TrustedProxies forwarded(String... networks) {
    return of(Field.FORWARDED, networks);
  }

  private static TrustedProxies of(Field field, String... networks) {
    List<Fault> faults = new ArrayList<>();
    List<Network> parsed = new ArrayList<>();
    for (String network : networks) {
      Network.parse(requireNonNull(network, "network"))
          .ifPresentOrElse(parsed::add, () -> faults.add(fault(network)));
    }
    StartupException.throwIfAny(faults);
    return new TrustedProxies(field, List.copyOf(parsed));
  }

  private static Fault fault(String network) {
    return new Fault(
        "trusted proxies",
        "network",
        network,
        "must be an address or a CIDR block without bits beyond its prefix",
        "write for example 10.0.0.0/8, 192.0.2.7 or 2001:db8::/32");
  }

  /** The name of the field that is believed. */
  public String fieldName() {
    return field.fieldName;
  }

  /** Whether {@code address} is one of the proxies. */
  public boolean trusts(ClientAddress address) {
    for (Network network : networks) {
      if (network.contains(address)) {
        return true;
      }
    }
    return false;
  }

  /**
   * The client on whose behalf {@code peer} speaks.
   *
   * <p>Entries are read from right to left, nearest first. Each is believed only because the one
   * before it is a trusted proxy; the first that is not trusted is the client, whatever stands left
   * of it. An entry that is no address ends the walk at the last hop that is known.
   *
   * @param peer the other end of the connection
   * @param lines the values of all lines of the field, in order
   */
  public ClientAddress clientOf(ClientAddress peer, List<String> lines) {
    if (lines.isEmpty() || !trusts(peer)) {
      return peer;
    }
    List<String> entries = field.entries(lines);
    ClientAddress nearest = peer;
    int hops = 0;
    for (int i = entries.size() - 1; i >= 0 && hops < MAX_HOPS; i--, hops++) {
      Optional<ClientAddress> address = ForwardedEntries.address(entries.get(i));
      if (address.isEmpty()) {
        return nearest;
      }
      nearest = address.get();
      if (!trusts(nearest)) {
        return nearest;
      }
    }
    return nearest;
  }

  private enum Field {
    X_FORWARDED_FOR("X-Forwarded-For") {
      @Override
      List<String> entries(List<String> lines) {
        return ForwardedEntries.ofList(lines);
      }
    },
    FORWARDED("Forwarded") {
      @Override
      List<String> entries(List<String> lines) {
        return ForwardedEntries.ofForwarded(lines);
      }
    };

    private final String fieldName;

    Field(String fieldName) {
      this.fieldName = fieldName;
    }

    abstract List<String> entries(List<String> lines);
  }
}
