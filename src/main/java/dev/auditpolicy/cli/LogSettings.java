package dev.auditpolicy.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.auditpolicy.api.v1alpha1.LogBackend;
import java.io.IOException;
import java.util.Optional;

/** The {@code spec.log} of an AuditPolicy. */
final class LogSettings {

    private LogSettings() {}

    /**
     * Reads them.
     *
     * @return empty if there are none
     * @throws JsonProcessingException if they have another shape
     */
    static Optional<LogBackend> of(Input auditPolicy) throws IOException {
        YAMLMapper mapper = new YAMLMapper();
        JsonNode log = mapper.readTree(auditPolicy.content()).path("spec").path("log");
        return log.isObject() ? Optional.of(mapper.treeToValue(log, LogBackend.class)) : Optional.empty();
    }
}
