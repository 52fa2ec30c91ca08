// SPDX-License-Identifier: Apache-2.0
package io.reloader.it;

import com.sun.tools.attach.AttachNotSupportedException;
import com.sun.tools.attach.VirtualMachine;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import javax.management.JMException;
import javax.management.MBeanServerConnection;
import javax.management.MalformedObjectNameException;
import javax.management.ObjectName;
import javax.management.remote.JMXConnector;
import javax.management.remote.JMXConnectorFactory;
import javax.management.remote.JMXServiceURL;

/** What JConsole does: has another JVM start its local connector, which makes its MBean server, and connects to it. */
final class Console implements AutoCloseable {
    private final JMXConnector connector;
    final ObjectName bean;

    private Console(JMXConnector connector, ObjectName bean) {
        this.connector = connector;
        this.bean = bean;
    }

    @SuppressWarnings("BanJNDI") // The address is told by a JVM of our own.
    static Console at(JvmProcess app) {
        try {
            return new Console(
                    JMXConnectorFactory.connect(new JMXServiceURL(address(app))),
                    new ObjectName("io.reloader:type=Reloader"));
        } catch (IOException e) {
            throw new UncheckedIOException(app.log(), e);
        } catch (MalformedObjectNameException | AttachNotSupportedException e) {
            throw new AssertionError(app.log(), e);
        }
    }

    private static String address(JvmProcess app) throws IOException, AttachNotSupportedException {
        VirtualMachine machine = VirtualMachine.attach(Long.toString(app.pid()));
        try {
            return machine.startLocalManagementAgent();
        } finally {
            machine.detach();
        }
    }

    MBeanServerConnection server() throws IOException {
        return connector.getMBeanServerConnection();
    }

    boolean registered() {
        try {
            return server().isRegistered(bean);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Once it is there. */
    Console awaitBean(JvmProcess app) {
        Await.until("the bean", JvmProcess.PATIENCE, this::registered, app::log);
        return this;
    }

    Object read(String attribute) throws IOException, JMException {
        return server().getAttribute(bean, attribute);
    }

    /** An operation, maybe with words; its lines. */
    List<String> ask(String operation, String... words) throws IOException, JMException {
        String[] signature = words.length == 0 ? new String[0] : new String[] {String.class.getName()};
        return List.of((String[]) server().invoke(bean, operation, words, signature));
    }

    @Override
    public void close() {
        try {
            connector.close();
        } catch (IOException e) {
            // The other end has gone first.
            return;
        }
    }
}
