package dev.auditpolicy.policy.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.fasterxml.jackson.databind.JsonNode;
import dev.auditpolicy.policy.Vectors;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class RequestInfoTest {

    static Stream<JsonNode> vectors() {
        return Vectors.of("requestinfo");
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void agreesWithUpstream(JsonNode vector) {
        RequestAttributes request = RequestInfo.of(
                vector.get("Method").textValue(), vector.get("URL").textValue());

        assertThat(request)
                .isEqualTo(new RequestAttributes(
                        null,
                        List.of(),
                        vector.get("Verb").textValue(),
                        vector.get("Namespace").textValue(),
                        vector.get("Group").textValue(),
                        vector.get("Version").textValue(),
                        vector.get("Resource").textValue(),
                        vector.get("Subresource").textValue(),
                        vector.get("Name").textValue(),
                        vector.get("Path").textValue(),
                        vector.get("IsResource").booleanValue()));
    }

    @Test
    void coversEveryVector() {
        assertThat(vectors()).hasSize(60);
    }

    @Test
    void ignoresSchemeHostAndFragment() {
        assertThat(RequestInfo.of("GET", "https://10.0.0.1:6443/api/v1/pods?watch=1#top"))
                .isEqualTo(RequestInfo.of("GET", "/api/v1/pods?watch=1"));
    }

    @Test
    void decodesThePathButNotItsPlusSigns() {
        assertThat(RequestInfo.of("GET", "/logs/a%20b+c").path()).isEqualTo("/logs/a b+c");
    }

    @Test
    void rejectsAnInvalidPercentEncoding() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> RequestInfo.of("GET", "/healthz%2"))
                .withMessageContaining("\"/healthz%2\"")
                .withMessageContaining("two hexadecimal digits");
    }

    @ParameterizedTest
    @CsvSource({
        "'fieldSelector=spec.nodeName%3Dn,metadata.name%3D%3Dp', list, p",
        "'fieldSelector=metadata.name!%3Dp', list, ''",
        "'fieldSelector=metadata.name%3Da%5C,b', list, 'a,b'",
        "'fieldSelector=metadata.name%3D..', list, ''",
        "'fieldSelector=metadata.name', list, ''",
        "'fieldSelector=metadata.name%3Dp&limit=many', list, ''",
        "'fieldSelector=metadata.name%3Dp&limit=many&watch', watch, ''",
        "'watch;x=1', list, ''"
    })
    void readsListOptionsAsUpstream(String query, String verb, String name) {
        RequestAttributes request = RequestInfo.of("GET", "/api/v1/pods?" + query);

        assertThat(request.verb()).isEqualTo(verb);
        assertThat(request.name()).isEqualTo(name);
    }
}
