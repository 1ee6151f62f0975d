package io.sallyport.core.cache;

import io.sallyport.core.field.HttpDate;
import io.sallyport.core.recording.Recording;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/** Gives a response a tag of its bytes, unless it has one. */
final class Tagging {
  private Tagging() {}

  static Recording.Complete tagged(Recording.Complete response, String method) {
    // A handler may answer HEAD without making the body whose tag it would be.
    boolean bodiless = method.equals("HEAD") && response.body().length == 0;
    if (bodiless || !response.values("ETag").isEmpty()) {
      return response;
    }
    // Two encodings of a representation must never share a strong tag, RFC 9110 section 8.8.3.3.
    String form = response.values("Content-Type") + "" + response.values("Content-Encoding");
    ETag tag = ETag.ofBytes(form.getBytes(StandardCharsets.UTF_8), response.body());
    return response.with("ETag", tag.toString());
  }

  static Validators validators(Recording.Complete response) {
    List<String> tags = response.values("ETag");
    Optional<ETag> tag = tags.size() == 1 ? ETag.parse(tags.get(0)) : Optional.empty();
    Validators known = tag.map(Validators::of).orElse(Validators.ofUnversioned());
    List<String> dates = response.values("Last-Modified");
    return dates.size() == 1
        ? HttpDate.parse(dates.get(0), java.time.InstantSource.system())
            .map(known::lastModified)
            .orElse(known)
        : known;
  }
}
