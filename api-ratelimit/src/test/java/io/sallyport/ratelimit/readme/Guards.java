package io.sallyport.ratelimit.readme;

import io.sallyport.core.endpoint.Endpoints;
import io.sallyport.core.filter.ApiFilterChain;
import io.sallyport.ratelimit.limit.AddressRateLimitFilter;
import io.sallyport.ratelimit.limit.Quota;
import io.sallyport.ratelimit.limit.RateLimiter;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import jakarta.servlet.annotation.WebListener;
import java.time.Duration;

@WebListener
public final class Guards implements ServletContextListener {
  @Override
  public void contextInitialized(ServletContextEvent event) {
    Quota quota = new Quota("address", 100, Duration.ofMinutes(1));
    ApiFilterChain.of(Endpoints.of().undeclaredPassesThrough())
        .with(new AddressRateLimitFilter(RateLimiter.inMemory(), quota))
        .withoutAccessControl()
        .build()
        .addTo(event.getServletContext());
  }
}
