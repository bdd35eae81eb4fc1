package dev.auditpolicy.cli;

import static java.util.Objects.requireNonNull;

import dev.auditpolicy.policy.evaluate.RequestAttributes;
import dev.auditpolicy.policy.evaluate.RequestInfo;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Options that describe a request. */
final class RequestOptions {

    private static final String SERVICE_ACCOUNT = "system:serviceaccount:";
    private static final Pattern ABSOLUTE = Pattern.compile("/|https?://[^/]+/");

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    @ArgGroup(multiplicity = "1")
    private Caller caller;

    @Option(
            names = "--as-group",
            paramLabel = "GROUP",
            description = "Group of the user; can be repeated. Groups that kube-apiserver adds, such as"
                    + " system:authenticated, are included automatically.")
    private List<String> groups = List.of();

    @ArgGroup(multiplicity = "1")
    private Subject subject;

    @Option(
            names = "--verb",
            paramLabel = "VERB",
            description = "Verb of a resource request, such as get or list (default: get).")
    private @Nullable String verb;

    @Option(
            names = {"-n", "--namespace"},
            paramLabel = "NAMESPACE",
            description = "Namespace of the resource. Omit for cluster-scoped resources.")
    private @Nullable String namespace;

    @Option(
            names = "--name",
            paramLabel = "NAME",
            description = "Name of the object. Omit for list and create requests.")
    private @Nullable String name;

    @Option(
            names = "--method",
            paramLabel = "METHOD",
            description = "HTTP method of a request with --url (default: GET).")
    private @Nullable String method;

    private final StringWriter notes = new StringWriter();

    static final class Caller {
        @Option(
                names = "--as",
                paramLabel = "USER",
                required = true,
                description = "Username of the caller, before impersonation.")
        private @Nullable String user;

        @Option(names = "--unauthenticated", required = true, description = "The request fails authentication (401).")
        private boolean unauthenticated;
    }

    static final class Subject {
        @Option(
                names = "--resource",
                paramLabel = "RESOURCE[.GROUP][/SUBRESOURCE]",
                required = true,
                description =
                        "Resource, such as pods, pods/log or deployments.apps/scale. The group of a built-in resource"
                                + " can be omitted.")
        private @Nullable String resource;

        @Option(
                names = "--url",
                paramLabel = "URL",
                required = true,
                description = "Path and query of the request, such as /healthz or /api/v1/pods?watch=true.")
        private @Nullable String url;
    }

    /**
     * Builds the request.
     *
     * @throws ParameterException if the options conflict
     */
    RequestAttributes value() {
        // Exactly one option of each group is present.
        RequestAttributes request =
                subject.url == null ? resourceRequest(requireNonNull(subject.resource)) : urlRequest(subject.url);
        if (caller.unauthenticated) {
            return unauthenticated(request);
        }
        String user = requireNonNull(caller.user);
        if (user.isBlank()) {
            throw invalid("--as: must not be empty; use --unauthenticated for a request that fails authentication");
        }
        return request.by(user, List.copyOf(allGroups(user)));
    }

    /** Prints what is unusual about the request, to standard error; after errors of the policy, which matter more. */
    void printNotes() {
        spec.commandLine().getErr().print(notes);
        spec.commandLine().getErr().flush();
    }

    private RequestAttributes unauthenticated(RequestAttributes request) {
        if (!groups.isEmpty()) {
            throw invalid("--as-group cannot be used with --unauthenticated");
        }
        return request.by(null, List.of());
    }

    private RequestAttributes urlRequest(String url) {
        if (verb != null || namespace != null || name != null) {
            throw invalid("--verb, --namespace and --name cannot be used with --url");
        }
        if (!ABSOLUTE.matcher(url).lookingAt()) {
            throw invalid("--url " + url + ": must begin with '/', such as /healthz");
        }
        String used = method == null ? "GET" : method;
        RequestVerb.methodRefusal(used).ifPresent(reason -> {
            throw invalid("--method " + used + ": " + reason);
        });
        try {
            RequestAttributes request = RequestInfo.of(used, url);
            if (request.isResourceRequest() && request.resource().isEmpty()) {
                throw invalid("--url " + url
                        + ": names no resource; kube-apiserver answers it with 500 before it audits" + " anything");
            }
            RequestNotes.of(request).stream()
                    .filter(note -> !note.contains("without --"))
                    .forEach(this::note);
            return request;
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), "--url " + url + ": " + e.getMessage(), e);
        }
    }

    private RequestAttributes resourceRequest(String resource) {
        if (method != null) {
            throw invalid("--method cannot be used with --resource; use --verb");
        }
        if (!ResourceName.isValid(resource)) {
            throw invalid("--resource " + resource
                    + ": use RESOURCE[.GROUP][/SUBRESOURCE] in lower case, such as pods or pods/log");
        }
        String used = verb == null ? "get" : verb;
        RequestVerb.refusal(used).ifPresent(reason -> {
            throw invalid("--verb " + used + ": " + reason);
        });
        ResourceName type = ResourceName.parse(resource, new PrintWriter(notes, true));
        var object = new RequestObject(type, used, orEmpty(namespace), orEmpty(name));
        object.refusal().ifPresent(reason -> {
            throw invalid(reason);
        });
        RequestAttributes request = object.attributes();
        RequestNotes.of(request).forEach(this::note);
        return request;
    }

    private void note(String text) {
        new PrintWriter(notes, true).println("note: " + text);
    }

    private ParameterException invalid(String message) {
        return new ParameterException(spec.commandLine(), message);
    }

    /** Includes the groups that kube-apiserver adds, see {@code pkg/serviceaccount} and {@code group_adder.go}. */
    private Set<String> allGroups(String user) {
        Set<String> all = new LinkedHashSet<>(groups);
        if (user.equals("system:anonymous")) {
            all.add("system:unauthenticated");
            return all;
        }
        String[] account = user.startsWith(SERVICE_ACCOUNT)
                ? user.substring(SERVICE_ACCOUNT.length()).split(":", -1)
                : new String[0];
        if (account.length == 2) {
            all.add("system:serviceaccounts");
            all.add("system:serviceaccounts:" + account[0]);
        }
        all.add("system:authenticated");
        return all;
    }

    private static String orEmpty(@Nullable String value) {
        return value == null ? "" : value;
    }
}
