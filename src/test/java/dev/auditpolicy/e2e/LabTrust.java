package dev.auditpolicy.e2e;

import dev.auditpolicy.lab.Lab;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.internal.SSLUtils;
import java.io.IOException;
import java.security.GeneralSecurityException;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;

/** Trust in the lab's certificate authority, with the administrator's own certificate. */
final class LabTrust {

    private LabTrust() {}

    static SSLContext of(Lab lab) throws GeneralSecurityException, IOException {
        var config = Config.fromKubeconfig(lab.kubeconfig().toFile());
        return context(SSLUtils.keyManagers(config), config);
    }

    /** For callers who show no certificate. */
    static SSLContext withoutCertificate(Lab lab) throws GeneralSecurityException, IOException {
        return context(new KeyManager[0], Config.fromKubeconfig(lab.kubeconfig().toFile()));
    }

    private static SSLContext context(KeyManager[] keys, Config config) throws GeneralSecurityException, IOException {
        var context = SSLContext.getInstance("TLS");
        context.init(keys, SSLUtils.trustManagers(config), null);
        return context;
    }
}
