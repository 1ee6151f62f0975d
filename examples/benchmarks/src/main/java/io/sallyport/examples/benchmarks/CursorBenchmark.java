package io.sallyport.examples.benchmarks;

import io.sallyport.core.page.BoundCursors;
import io.sallyport.core.page.CursorKey;
import io.sallyport.core.page.Cursors;
import io.sallyport.core.page.InvalidCursorException;
import io.sallyport.core.page.Position;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * Cost of making and reading one cursor over a time and a UUID, key derivation included, beside the
 * same values in base64 without any protection.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class CursorBenchmark {
  private static final byte[] SECRET =
      "a secret of at least thirty-two bytes".getBytes(StandardCharsets.US_ASCII);
  private static final Duration HOUR = Duration.ofHours(1);

  // As long as that of an endpoint with a filter, a sort and a caller.
  private final byte[] binding =
      "what a cursor is bound to, ".repeat(8).getBytes(StandardCharsets.US_ASCII);
  private final Instant time = Instant.parse("2026-01-31T12:00:00.123456Z");
  private final UUID id = UUID.fromString("01900000-0000-7000-8000-00000000e001");
  private final Position position = new Position(List.of(time, id), false, false);

  /** How cursors are protected. */
  @Param({"encrypting", "signing"})
  public String key = "encrypting";

  private Cursors cursors = Cursors.of(CursorKey.ofThisProcess());
  private String cursor = "";
  private String unprotected = "";

  /** Makes the cursors that are read. */
  @Setup
  public void seal() {
    cursors =
        Cursors.of(
            key.equals("signing")
                ? CursorKey.signingReadable(SECRET)
                : CursorKey.encrypting(SECRET));
    cursor = encode();
    unprotected = baselineEncode();
  }

  /** The values in base64. */
  @Benchmark
  public String baselineEncode() {
    byte[] bytes =
        ByteBuffer.allocate(28)
            .putLong(time.getEpochSecond())
            .putInt(time.getNano())
            .putLong(id.getMostSignificantBits())
            .putLong(id.getLeastSignificantBits())
            .array();
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  /** The values out of base64. */
  @Benchmark
  public List<Object> baselineDecode() {
    ByteBuffer bytes = ByteBuffer.wrap(Base64.getUrlDecoder().decode(unprotected));
    return List.of(
        Instant.ofEpochSecond(bytes.getLong(), bytes.getInt()),
        new UUID(bytes.getLong(), bytes.getLong()));
  }

  /** A cursor. */
  @Benchmark
  public String encode() {
    return cursors.boundTo(binding, HOUR).write(position);
  }

  /** Where a cursor leads. */
  @Benchmark
  public Position decode() throws InvalidCursorException {
    return cursors.boundTo(binding, HOUR).read(cursor);
  }

  /** What a request for a page in the middle costs: one cursor read, and two made. */
  @Benchmark
  public int page() throws InvalidCursorException {
    BoundCursors bound = cursors.boundTo(binding, HOUR);
    Position from = bound.read(cursor);
    return bound.write(from).length() + bound.write(position).length();
  }
}
