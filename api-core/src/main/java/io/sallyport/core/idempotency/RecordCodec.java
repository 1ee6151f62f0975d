package io.sallyport.core.idempotency;

import io.sallyport.core.idempotency.IdempotencyRecord.Completed;
import io.sallyport.core.idempotency.IdempotencyRecord.CompletedUnkept;
import io.sallyport.core.idempotency.IdempotencyRecord.InProgress;
import io.sallyport.core.idempotency.IdempotencyRecord.Uncertain;
import io.sallyport.core.problem.HeaderField;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Records as bytes: a version, a kind, and the parts in order. Whatever is not exactly that is an
 * {@link UnreadableRecordException}: a record that cannot be read must not look like none.
 */
final class RecordCodec {
  private static final int VERSION = 1;
  private static final int IN_PROGRESS = 1;
  private static final int COMPLETED = 2;
  private static final int COMPLETED_UNKEPT = 3;
  private static final int UNCERTAIN = 4;

  private RecordCodec() {}

  static byte[] encode(IdempotencyRecord record) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(256);
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      out.writeByte(VERSION);
      out.writeByte(kind(record));
      out.write(record.fingerprint().digest());
      writeText(out, record.exchangeId());
      if (record instanceof InProgress working) {
        writeText(out, working.fence());
        out.writeLong(working.leaseUntil().toEpochMilli());
      } else if (record instanceof Completed completed) {
        writeText(out, completed.fence());
        writeResponse(out, completed.response());
      } else if (record instanceof CompletedUnkept unkept) {
        out.writeShort(unkept.status());
      }
    } catch (IOException e) {
      throw new UncheckedIOException("an array takes all bytes", e);
    }
    return bytes.toByteArray();
  }

  private static int kind(IdempotencyRecord record) {
    if (record instanceof InProgress) {
      return IN_PROGRESS;
    } else if (record instanceof Completed) {
      return COMPLETED;
    }
    return record instanceof CompletedUnkept ? COMPLETED_UNKEPT : UNCERTAIN;
  }

  private static void writeResponse(DataOutputStream out, StoredResponse response)
      throws IOException {
    out.writeShort(response.status());
    out.writeShort(response.headers().size());
    for (HeaderField field : response.headers()) {
      writeText(out, field.name());
      writeText(out, field.value());
    }
    out.writeInt(response.bytes().length);
    out.write(response.bytes());
  }

  private static void writeText(DataOutputStream out, String text) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    out.writeInt(bytes.length);
    out.write(bytes);
  }

  /**
   * @throws UnreadableRecordException if {@code bytes} are not a record
   */
  static IdempotencyRecord decode(byte[] bytes) {
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
      int version = in.readByte();
      if (version != VERSION) {
        throw new UnreadableRecordException("a record of format " + version);
      }
      IdempotencyRecord record = read(in);
      if (in.available() > 0) {
        throw new UnreadableRecordException("a record with bytes after its end");
      }
      return record;
    } catch (IOException | IllegalArgumentException e) {
      throw new UnreadableRecordException("a record that is not well-formed", e);
    }
  }

  private static IdempotencyRecord read(DataInputStream in) throws IOException {
    int kind = in.readByte();
    byte[] digest = readBytes(in, Fingerprint.BYTES);
    Fingerprint fingerprint = Fingerprint.ofDigest(digest);
    String exchangeId = readText(in);
    if (kind == IN_PROGRESS) {
      String fence = readText(in);
      return new InProgress(fingerprint, exchangeId, fence, Instant.ofEpochMilli(in.readLong()));
    } else if (kind == COMPLETED) {
      return new Completed(fingerprint, exchangeId, readText(in), readResponse(in));
    } else if (kind == COMPLETED_UNKEPT) {
      return new CompletedUnkept(fingerprint, exchangeId, in.readShort());
    } else if (kind == UNCERTAIN) {
      return new Uncertain(fingerprint, exchangeId);
    }
    throw new UnreadableRecordException("a record of kind " + kind);
  }

  private static StoredResponse readResponse(DataInputStream in) throws IOException {
    int status = in.readShort();
    int count = in.readUnsignedShort();
    List<HeaderField> headers = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      headers.add(new HeaderField(readText(in), readText(in)));
    }
    return StoredResponse.trusted(status, List.copyOf(headers), readBytes(in, in.readInt()));
  }

  private static String readText(DataInputStream in) throws IOException {
    return new String(readBytes(in, in.readInt()), StandardCharsets.UTF_8);
  }

  // Checked before it is allocated: a length is not to be believed.
  private static byte[] readBytes(DataInputStream in, int length) throws IOException {
    if (length < 0 || length > in.available()) {
      throw new UnreadableRecordException("a record that was cut off");
    }
    return in.readNBytes(length);
  }
}
