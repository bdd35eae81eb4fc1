package dev.auditpolicy.e2e;

import dev.auditpolicy.lab.Lab;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.internal.SSLUtils;
import java.io.IOException;
import java.security.GeneralSecurityException;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;

/** TLS contexts that trust the lab's certificate authority. */
final class LabTrust {

    private LabTrust() {}

    /** With the administrator's client certificate. */
    static SSLContext of(Lab lab) throws GeneralSecurityException, IOException {
        var config = Config.fromKubeconfig(lab.kubeconfig().toFile());
        return context(SSLUtils.keyManagers(config), config);
    }

    /** Without a client certificate. */
    static SSLContext withoutCertificate(Lab lab) throws GeneralSecurityException, IOException {
        return context(new KeyManager[0], Config.fromKubeconfig(lab.kubeconfig().toFile()));
    }

    private static SSLContext context(KeyManager[] keys, Config config) throws GeneralSecurityException, IOException {
        var context = SSLContext.getInstance("TLS");
        context.init(keys, SSLUtils.trustManagers(config), null);
        return context;
    }
}
