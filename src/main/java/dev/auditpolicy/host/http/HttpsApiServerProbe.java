package dev.auditpolicy.host.http;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.Optional;
import javax.net.ssl.HttpsURLConnection;
import javax.net.ssl.SSLSocketFactory;

/** {@link ApiServerProbe} of a caller that kube-apiserver knows. */
public final class HttpsApiServerProbe implements ApiServerProbe {

    private final HttpsGet request;
    private final Credentials credentials;
    private final ObjectMapper json = new ObjectMapper();

    public HttpsApiServerProbe(SSLSocketFactory trust, Credentials credentials) {
        this.request = new HttpsGet(trust);
        this.credentials = credentials;
    }

    @Override
    public boolean isReady(String address) {
        return problem(address).isEmpty();
    }

    @Override
    public Optional<String> problem(String address) {
        try {
            return request.get(address, "/readyz", credentials.headers(), response -> {
                var status = response.getResponseCode();
                return status == HttpsURLConnection.HTTP_OK
                        ? Optional.<String>empty()
                        : Optional.of(ProbeFailure.of(address, status, response.getErrorStream()));
            });
        } catch (IOException failure) {
            return Optional.of(ProbeFailure.of(address, failure));
        }
    }

    @Override
    public Optional<String> version(String address) {
        try {
            return Optional.of(request.get(
                    address, "/version", credentials.headers(), response -> json.readTree(response.getInputStream())
                            .path("gitVersion")
                            .asText()));
        } catch (IOException unreachable) {
            return Optional.empty();
        }
    }
}
