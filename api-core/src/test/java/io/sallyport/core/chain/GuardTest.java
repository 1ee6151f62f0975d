package io.sallyport.core.chain;

import static io.sallyport.core.endpoint.Endpoint.get;
import static io.sallyport.core.filter.Handler.handledBy;
import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.core.endpoint.Endpoints;
import io.sallyport.core.exchange.Exchange;
import io.sallyport.core.exchange.Stage;
import io.sallyport.core.exchange.Verdict;
import io.sallyport.core.exchange.Verdict.Outcome;
import io.sallyport.core.filter.ApiFilter;
import io.sallyport.core.filter.ApiFilterChain;
import io.sallyport.core.filter.Decision;
import io.sallyport.core.filter.Guard;
import io.sallyport.core.problem.Problem;
import io.sallyport.core.problem.ProblemException;
import io.sallyport.core.problem.ProblemType;
import io.sallyport.core.testing.JettyServer;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.Filter;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GuardTest {
  private final List<String> asked = new CopyOnWriteArrayList<>();
  private final List<Verdict> trail = new ArrayList<>();
  private final List<JettyServer> servers = new ArrayList<>();

  private final Endpoints table =
      Endpoints.of(
          get("/here").with(handledBy((q, a) -> reach("here", q, a))),
          get("/there").with(handledBy((q, a) -> reach("there", q, a))),
          get("/forward").with(handledBy((q, a) -> forward(q, a))),
          get("/include")
              .with(
                  handledBy((q, a) -> q.getRequestDispatcher(q.getParameter("to")).include(q, a))),
          get("/async").with(handledBy((q, a) -> async(q))));

  private void reach(String id, HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    asked.add("handler " + id);
    trail.addAll(Exchange.of(request).trail());
    response.getWriter().print("reached " + id);
  }

  private static void forward(HttpServletRequest request, HttpServletResponse response)
      throws Exception {
    request.getRequestDispatcher(request.getParameter("to")).forward(request, response);
  }

  private static void async(HttpServletRequest request) {
    AsyncContext async = request.startAsync();
    async.dispatch(request.getParameter("to"));
  }

  private JettyServer serve(Filter filter) throws Exception {
    JettyServer server =
        new JettyServer("/").filter(filter).servlet("/page", new Page()).servlet("/", new Behind());
    servers.add(server);
    return server.start();
  }

  private JettyServer chain(ApiFilter... filters) throws Exception {
    ApiFilterChain.Builder chain = ApiFilterChain.of(table).withoutAccessControl();
    List.of(filters).forEach(chain::with);
    return serve(chain.build());
  }

  private Guard guard(Stage stage, Supplier<Decision> decision) {
    return new Asked(table, stage, decision);
  }

  @AfterEach
  void stop() throws Exception {
    for (JettyServer server : servers) {
      server.stop();
    }
  }

  @Test
  void guardsRunInTheOrderOfTheirStagesWhateverTheOrderGiven() throws Exception {
    JettyServer server =
        chain(
            guard(Stage.VALIDATE, Decision::pass),
            guard(Stage.ADMIT, Decision::pass),
            guard(Stage.AUTHENTICATE, Decision::pass));

    server.get("/here");

    assertThat(asked).containsExactly("ADMIT", "AUTHENTICATE", "VALIDATE", "handler here");
    assertThat(trail)
        .extracting(Verdict::stage)
        .containsExactly(Stage.ROUTE, Stage.ADMIT, Stage.AUTHENTICATE, Stage.VALIDATE);
  }

  @Test
  void whatIsRefusedReachesNothingBehind() throws Exception {
    JettyServer server =
        chain(
            guard(Stage.ADMIT, () -> Decision.refuse(Problem.of(ProblemType.FORBIDDEN))),
            guard(Stage.VALIDATE, Decision::pass));

    HttpResponse<String> response = server.get("/here");

    assertThat(response.statusCode()).isEqualTo(403);
    assertThat(asked).containsExactly("ADMIT");
  }

  @Test
  void aGuardThatCannotDecideRefuses() throws Exception {
    JettyServer server =
        chain(
            guard(
                Stage.ADMIT,
                () -> {
                  throw new IllegalStateException("the store is out");
                }));

    assertThat(server.get("/here").statusCode()).isEqualTo(500);
    assertThat(asked).containsExactly("ADMIT");
  }

  @Test
  void aGuardInShadowDecidesAndEnforcesNothing() throws Exception {
    JettyServer server =
        chain(
            guard(Stage.ADMIT, () -> Decision.refuse(Problem.of(ProblemType.FORBIDDEN)))
                .inShadow());

    HttpResponse<String> response = server.get("/here");

    assertThat(response.body()).isEqualTo("reached here");
    assertThat(trail)
        .extracting(Verdict::outcome)
        .containsExactly(Outcome.PASSED, Outcome.SHADOW_REFUSED);
  }

  @Test
  void aFailureInShadowEndsNoRequest() throws Exception {
    JettyServer server =
        chain(
            guard(
                    Stage.ADMIT,
                    () -> {
                      throw new IllegalStateException("the store is out");
                    })
                .inShadow());

    assertThat(server.get("/here").statusCode()).isEqualTo(200);
    assertThat(trail)
        .extracting(Verdict::outcome)
        .containsExactly(Outcome.PASSED, Outcome.SHADOW_FAILED);
  }

  @Test
  void aGuardMappedAloneFindsTheEndpointByItself() throws Exception {
    JettyServer server = serve(guard(Stage.LIMIT, Decision::pass));

    assertThat(server.get("/here").body()).isEqualTo("behind");
    assertThat(server.get("/nowhere").statusCode()).isEqualTo(404);
    assertThat(server.send("PUT", "/here").statusCode()).isEqualTo(405);
    assertThat(asked).containsExactly("LIMIT");
  }

  @Test
  void aGuardMappedAloneAnswersItsOwnProblems() throws Exception {
    JettyServer server =
        serve(
            guard(
                Stage.LIMIT,
                () -> {
                  throw new ProblemException(Problem.of(ProblemType.UNAVAILABLE));
                }));

    HttpResponse<String> response = server.get("/here");

    assertThat(response.statusCode()).isEqualTo(503);
    assertThat(response.headers().firstValue("Content-Type")).contains("application/problem+json");
  }

  @Test
  void headIsAnsweredByGetAndOptionsByTheTable() throws Exception {
    JettyServer server = chain();

    HttpResponse<String> head = server.send("HEAD", "/here");
    HttpResponse<String> options = server.send("OPTIONS", "/here");
    HttpResponse<String> refused = server.send("DELETE", "/here");

    assertThat(head.statusCode()).isEqualTo(200);
    assertThat(head.body()).isEmpty();
    assertThat(options.statusCode()).isEqualTo(204);
    assertThat(options.headers().firstValue("Allow")).contains("GET, HEAD, OPTIONS");
    assertThat(refused.statusCode()).isEqualTo(405);
    assertThat(refused.headers().firstValue("Allow")).contains("GET, HEAD, OPTIONS");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/forward?to=/there", "/include?to=/there", "/async?to=/there"})
  void aDispatchToAnotherEndpointIsRefused(String path) throws Exception {
    chain().get(path);

    assertThat(asked).doesNotContain("handler there");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/forward?to=/there", "/async?to=/there"})
  void aRefusedDispatchIsNotFound(String path) throws Exception {
    HttpResponse<String> response = chain().get(path);

    assertThat(response.statusCode()).isEqualTo(404);
    assertThat(response.body()).contains("\"code\":\"not-found\"");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/forward?to=/page", "/include?to=/page", "/async?to=/page"})
  void aDispatchToAPageThatNoClientCanReachIsAllowed(String path) throws Exception {
    JettyServer server = chain();

    assertThat(server.get(path).body()).isEqualTo("page");
    assertThat(server.get("/page").statusCode()).isEqualTo(404);
  }

  /** Notes that it was asked, and decides as it is told. */
  private final class Asked extends Guard {
    private final Stage stage;
    private final Supplier<Decision> decision;

    Asked(Endpoints endpoints, Stage stage, Supplier<Decision> decision) {
      super(endpoints);
      this.stage = stage;
      this.decision = decision;
    }

    @Override
    public Stage stage() {
      return stage;
    }

    @Override
    public String name() {
      return "asked";
    }

    @Override
    protected Decision decide(Exchange exchange, HttpServletRequest request) {
      asked.add(stage.name());
      return decision.get();
    }
  }

  private static final class Page extends HttpServlet {
    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response)
        throws IOException {
      response.getWriter().print("page");
    }
  }

  private static final class Behind extends HttpServlet {
    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response)
        throws IOException {
      response.getWriter().print("behind");
    }
  }
}
