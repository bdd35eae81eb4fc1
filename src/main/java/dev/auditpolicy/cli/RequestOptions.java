package dev.auditpolicy.cli;

import dev.auditpolicy.policy.evaluate.RequestAttributes;
import dev.auditpolicy.policy.evaluate.RequestInfo;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** A request that the user describes. */
final class RequestOptions {

    private static final String SERVICE_ACCOUNT = "system:serviceaccount:";

    @Spec(Spec.Target.MIXEE)
    private CommandSpec command;

    @ArgGroup(multiplicity = "1")
    private Who who;

    @Option(
            names = "--as-group",
            paramLabel = "GROUP",
            description = "A group of the user; can be given more than once. Those that kube-apiserver adds by itself,"
                    + " such as system:authenticated, need not be given.")
    private List<String> groups = List.of();

    @ArgGroup(multiplicity = "1")
    private What what;

    @Option(
            names = "--verb",
            paramLabel = "VERB",
            description = "Verb of a request for a resource, such as get or list (default: get).")
    private String verb;

    @Option(
            names = {"-n", "--namespace"},
            paramLabel = "NAMESPACE",
            description = "Namespace of the resource; absent for one without namespace.")
    private String namespace;

    @Option(names = "--name", paramLabel = "NAME", description = "Name of the object; absent for a list or a create.")
    private String name;

    @Option(names = "--method", paramLabel = "METHOD", description = "HTTP method, with --url (default: GET).")
    private String method;

    static final class Who {
        @Option(names = "--as", paramLabel = "USER", required = true, description = "The user, before impersonation.")
        private String user;

        @Option(names = "--unauthenticated", required = true, description = "Nobody: the request fails with 401.")
        private boolean nobody;
    }

    static final class What {
        @Option(
                names = "--resource",
                paramLabel = "RESOURCE[.GROUP][/SUBRESOURCE]",
                required = true,
                description = "Such as pods, pods/log or deployments.apps/scale; without a group, that of the built-in"
                        + " resource with that name.")
        private String resource;

        @Option(
                names = "--url",
                paramLabel = "URL",
                required = true,
                description = "Path and query, such as /healthz or /api/v1/pods?watch=true.")
        private String url;
    }

    /**
     * The request.
     *
     * @throws ParameterException if the options do not go together
     */
    RequestAttributes value() {
        RequestAttributes request = what.url == null ? resource() : url();
        return who.nobody ? nobody(request) : request.by(who.user, List.copyOf(allGroups(who.user)));
    }

    private RequestAttributes nobody(RequestAttributes request) {
        if (!groups.isEmpty()) {
            throw new ParameterException(
                    command.commandLine(), "--as-group with --unauthenticated: nobody is in no group");
        }
        return request.by(null, List.of());
    }

    private RequestAttributes url() {
        if (verb != null || namespace != null || name != null) {
            throw new ParameterException(
                    command.commandLine(), "--verb, --namespace and --name are for --resource: a URL says them itself");
        }
        try {
            return RequestInfo.of(method == null ? "GET" : method, what.url);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(command.commandLine(), "--url " + what.url + ": " + e.getMessage(), e);
        }
    }

    private RequestAttributes resource() {
        if (method != null) {
            throw new ParameterException(command.commandLine(), "--method is for --url; with --resource give --verb");
        }
        ResourceName type =
                ResourceName.read(what.resource, command.commandLine().getErr());
        return new RequestAttributes(
                null,
                List.of(),
                verb == null ? "get" : verb,
                orEmpty(namespace),
                type.group(),
                "",
                type.resource(),
                type.subresource(),
                orEmpty(name),
                "",
                true);
    }

    /** With those that kube-apiserver's authenticators add: {@code pkg/serviceaccount} and {@code group_adder.go}. */
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

    private static String orEmpty(String value) {
        return value == null ? "" : value;
    }
}
