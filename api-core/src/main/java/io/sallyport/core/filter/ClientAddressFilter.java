package io.sallyport.core.filter;

import static java.util.Objects.requireNonNull;

import io.sallyport.core.caller.ClientAddress;
import io.sallyport.core.caller.TrustedProxies;
import io.sallyport.core.exchange.Exchange;
import io.sallyport.core.exchange.Stage;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Collections;
import java.util.List;

/**
 * Establishes the client's address behind {@link TrustedProxies}. Refuses nothing: from anyone else
 * the field is ignored, and the client is the peer.
 */
public final class ClientAddressFilter extends Guard {
  private final TrustedProxies proxies;

  /** Believes {@code proxies}. */
  public ClientAddressFilter(TrustedProxies proxies) {
    this.proxies = requireNonNull(proxies, "proxies");
  }

  @Override
  public Stage stage() {
    // Before the route, so that the log of a hostile path names who sent it.
    return Stage.TRANSPORT;
  }

  @Override
  public String name() {
    return "client-address";
  }

  @Override
  protected Decision decide(Exchange exchange, HttpServletRequest request) {
    List<String> lines = Collections.list(request.getHeaders(proxies.fieldName()));
    ClientAddress client = proxies.clientOf(exchange.clientAddress(), lines);
    exchange.clientAddress(client);
    return Decision.pass();
  }
}
