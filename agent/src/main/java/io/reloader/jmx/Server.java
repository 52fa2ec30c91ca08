// SPDX-License-Identifier: Apache-2.0
package io.reloader.jmx;

import io.reloader.control.Events;
import java.util.function.Consumer;
import javax.management.InstanceNotFoundException;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.MBeanServerFactory;
import javax.management.MalformedObjectNameException;
import javax.management.ObjectName;
import org.jspecify.annotations.Nullable;

/** The JVM's MBean server, once the application has made it. Called by {@link Presence}. */
public final class Server implements Presence.Place {
    private final ObjectName name = name("io.reloader:type=Reloader");

    /** The JVM puts it into its own server. */
    private final ObjectName runtime = name("java.lang:type=Runtime");

    private final Desk desk;
    private final Consumer<Events> listeners;
    private @Nullable MBeanServer server;

    /** @param listeners binds whoever is to be told what happens */
    public Server(Desk desk, Consumer<Events> listeners) {
        this.desk = desk;
        this.listeners = listeners;
    }

    @Override
    public boolean take() {
        for (MBeanServer each : MBeanServerFactory.findMBeanServer(null)) {
            if (each.isRegistered(runtime)) {
                register(each);
                return true;
            }
        }
        return false;
    }

    private void register(MBeanServer found) {
        Bulletin bulletin = new Bulletin(name, desk.threads());
        try {
            found.registerMBean(new Bean(desk, bulletin), name);
        } catch (JMException e) {
            throw new IllegalStateException(e);
        }
        server = found;
        listeners.accept(bulletin);
    }

    @Override
    public void leave() {
        MBeanServer present = server;
        try {
            if (present != null) {
                present.unregisterMBean(name);
            }
        } catch (InstanceNotFoundException e) {
            // The application has thrown it out.
            return;
        } catch (JMException e) {
            throw new IllegalStateException(e);
        }
    }

    private static ObjectName name(String text) {
        try {
            return new ObjectName(text);
        } catch (MalformedObjectNameException e) {
            throw new IllegalArgumentException(e);
        }
    }
}
