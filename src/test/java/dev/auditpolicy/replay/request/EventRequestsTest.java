package dev.auditpolicy.replay.request;

import static org.assertj.core.api.Assertions.assertThat;

import dev.auditpolicy.event.AuditEvent;
import dev.auditpolicy.event.EventParser;
import dev.auditpolicy.policy.evaluate.RequestAttributes;
import dev.auditpolicy.policy.evaluate.RequestInfo;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class EventRequestsTest {

    private final EventRequests requests = new EventRequests();
    private final EventParser parser = new EventParser();

    private AuditEvent event(String verb, String uri, String user) throws Exception {
        String line = "{\"level\":\"Metadata\",\"stage\":\"ResponseComplete\",\"requestURI\":\"" + uri
                + "\",\"verb\":\"" + verb + "\",\"user\":" + user + "}\n";
        byte[] bytes = line.getBytes(StandardCharsets.UTF_8);
        return parser.parse(Arrays.copyOf(bytes, bytes.length + EventParser.SLACK), 0);
    }

    private RequestAttributes attributes(String verb, String uri) throws Exception {
        return requests.request(event(verb, uri, "{}")).attributes();
    }

    /** The same twice, because the second time it comes from the cache. */
    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "GET,list,/api/v1/pods",
                "GET,list,/api/v1/pods?limit=500",
                "GET,list,/api/v1/pods?fieldSelector=metadata.name%3Dx&limit=1",
                "GET,list,/api/v1/pods?fieldSelector=metadata.name=x",
                "GET,list,/api/v1/pods?limit=1&%66ieldSelector=metadata.name=x",
                "GET,watch,/api/v1/pods?watch=true&resourceVersion=7",
                "GET,watch,/api/v1/watch/namespaces/shop/pods",
                "GET,get,/api/v1/namespaces/shop/pods/web-1/log?container=a",
                "POST,create,/api/v1/namespaces/shop/pods?fieldManager=kubectl",
                "PUT,update,/apis/apps/v1/namespaces/shop/deployments/web/status",
                "PATCH,patch,/api/v1/nodes/one",
                "DELETE,delete,/api/v1/namespaces/shop",
                "DELETE,deletecollection,/api/v1/namespaces/shop/pods",
                "GET,get,/healthz?verbose",
                "POST,post,/logs",
                "GET,list,/api/v1/namespaces/ns%2Fconfigmaps"
            })
    void derivesTheAttributesAsKubeApiserverDid(String method, String verb, String uri) throws Exception {
        assertThat(attributes(verb, uri)).isEqualTo(RequestInfo.of(method, uri));
        assertThat(attributes(verb, uri)).isEqualTo(RequestInfo.of(method, uri));
    }

    @Test
    void keepsRequestsApartThatDifferOnlyInTheVerb() throws Exception {
        assertThat(attributes("list", "/api/v1/pods").verb()).isEqualTo("list");
        assertThat(attributes("watch", "/api/v1/pods").verb()).isEqualTo("watch");
    }

    @Test
    void doesNotBelieveTheObjectReference() throws Exception {
        var attributes = attributes("create", "/apis/rbac.authorization.k8s.io/v1/clusterroles");

        assertThat(attributes.namespace()).isEmpty();
        assertThat(attributes.name()).isEmpty();
    }

    @Test
    void decodesTheUser() throws Exception {
        var subject = requests.subject(
                event("get", "/api", "{\"username\":\"a\\u0062\",\"uid\":\"7\",\"groups\":[\"x\",\"sys\\\"tem\"]}"));

        assertThat(subject).isEqualTo(new Subject("ab", List.of("x", "sys\"tem")));
    }

    @Test
    void hasNoUserIfAuthenticationFailed() throws Exception {
        assertThat(requests.subject(event("get", "/api", "{}")).user()).isNull();
    }
}
