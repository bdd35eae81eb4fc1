package dev.auditpolicy.policy.lint.cluster;

import dev.auditpolicy.policy.KubernetesVersion;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/**
 * The resources that kube-apiserver itself serves: those in the discovery of 1.36.3 with every API version and alpha
 * feature enabled, those of its beta features, and those of 1.24 and later that were removed.
 */
public final class BuiltInApi {

    /** Group, scope, resources each with its subresources; metrics.k8s.io is aggregated, but nearly always installed. */
    private static final String TABLE = """
        core namespaced bindings configmaps endpoints events limitranges persistentvolumeclaims/status
        core namespaced pods/attach/binding/ephemeralcontainers/eviction/exec/log/portforward/proxy/resize/status
        core namespaced podtemplates replicationcontrollers/scale/status resourcequotas/status secrets
        core namespaced serviceaccounts/token services/proxy/status
        core cluster componentstatuses namespaces/finalize/status nodes/proxy/status
        core cluster persistentvolumes/status
        admissionregistration.k8s.io cluster mutatingadmissionpolicies mutatingadmissionpolicybindings
        admissionregistration.k8s.io cluster mutatingwebhookconfigurations
        admissionregistration.k8s.io cluster validatingadmissionpolicies/status
        admissionregistration.k8s.io cluster validatingadmissionpolicybindings
        admissionregistration.k8s.io cluster validatingwebhookconfigurations
        apiextensions.k8s.io cluster customresourcedefinitions/status
        apiregistration.k8s.io cluster apiservices/status
        apps namespaced controllerrevisions daemonsets/status deployments/scale/status
        apps namespaced replicasets/scale/status statefulsets/scale/status
        authentication.k8s.io cluster selfsubjectreviews tokenreviews
        authorization.k8s.io namespaced localsubjectaccessreviews
        authorization.k8s.io cluster selfsubjectaccessreviews selfsubjectrulesreviews subjectaccessreviews
        autoscaling namespaced horizontalpodautoscalers/status
        batch namespaced cronjobs/status jobs/status
        certificates.k8s.io namespaced podcertificaterequests/status
        certificates.k8s.io cluster certificatesigningrequests/approval/status clustertrustbundles
        coordination.k8s.io namespaced leasecandidates leases
        discovery.k8s.io namespaced endpointslices
        events.k8s.io namespaced events
        flowcontrol.apiserver.k8s.io cluster flowschemas/status prioritylevelconfigurations/status
        internal.apiserver.k8s.io cluster storageversions/status
        metrics.k8s.io namespaced pods
        metrics.k8s.io cluster nodes
        networking.k8s.io namespaced ingresses/status networkpolicies
        networking.k8s.io cluster clustercidrs ingressclasses ipaddresses servicecidrs/status
        node.k8s.io cluster runtimeclasses
        policy namespaced poddisruptionbudgets/status
        policy cluster podsecuritypolicies
        rbac.authorization.k8s.io namespaced rolebindings roles
        rbac.authorization.k8s.io cluster clusterrolebindings clusterroles
        resource.k8s.io namespaced podschedulingcontexts/status resourceclaimparameters
        resource.k8s.io namespaced resourceclaims/status resourceclaimtemplates resourceclassparameters
        resource.k8s.io cluster deviceclasses devicetaintrules/status resourceclasses
        resource.k8s.io cluster resourcepoolstatusrequests/status resourceslices
        scheduling.k8s.io namespaced podgroups/status workloads
        scheduling.k8s.io cluster priorityclasses
        storage.k8s.io namespaced csistoragecapacities
        storage.k8s.io cluster csidrivers csinodes storageclasses volumeattachments/status
        storage.k8s.io cluster volumeattributesclasses
        storagemigration.k8s.io cluster storageversionmigrations/status
        """;

    /** The newest version of the table; a newer kube-apiserver may serve other resources. */
    public static final KubernetesVersion NEWEST = new KubernetesVersion(1, 36);

    /** All built-in resources, without verbs. */
    public static final Discovery RESOURCES = Discovery.of(resources());

    private BuiltInApi() {}

    private static List<KnownResource> resources() {
        var resources = new ArrayList<KnownResource>();
        TABLE.lines().forEach(line -> {
            String[] words = line.split(" ");
            String group = words[0].equals("core") ? "" : words[0];
            boolean namespaced = words[1].equals("namespaced");
            Arrays.stream(words).skip(2).forEach(word -> {
                String[] names = word.split("/");
                resources.add(new KnownResource(group, names[0], namespaced, Set.of()));
                Arrays.stream(names)
                        .skip(1)
                        .map(subresource -> names[0] + "/" + subresource)
                        .forEach(name -> resources.add(new KnownResource(group, name, namespaced, Set.of())));
            });
        });
        return resources;
    }
}
