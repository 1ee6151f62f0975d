package io.sallyport.core.openapi;

import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.yaml.YAMLMapper;
import tools.jackson.dataformat.yaml.YAMLWriteFeature;

/** Writes YAML; apart from the rest, since the library for it is optional. */
final class Yaml {
  private Yaml() {}

  static byte[] write(JsonNode tree) {
    return YAMLMapper.builder()
        .disable(YAMLWriteFeature.WRITE_DOC_START_MARKER)
        .build()
        .writeValueAsBytes(tree);
  }
}
