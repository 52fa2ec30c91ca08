// SPDX-License-Identifier: Apache-2.0
package com.example.grpc;

import com.example.answers.Quiet;
import com.example.client.Callers;
import io.grpc.CallOptions;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.ClientCalls;
import java.net.ConnectException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Callers of a gRPC server that is about to stop, with the client as everybody has it, each until a connection is
 * refused. It repeats by itself only what the server says that it never looked at; any other failure is a lost call.
 */
public final class GrpcStopLoad {
    private final int port;
    private final int slowMillis;
    private final AtomicInteger good = new AtomicInteger();
    private final AtomicInteger refused = new AtomicInteger();
    private final ConcurrentLinkedQueue<String> lost = new ConcurrentLinkedQueue<>();

    private GrpcStopLoad(int port, int slowMillis) {
        this.port = port;
        this.slowMillis = slowMillis;
    }

    /** PORT KEPT FRESH SLOW_MILLIS: how many share two channels and how many open one for each call. */
    public static void main(String[] args) throws InterruptedException {
        Quiet.console();
        GrpcStopLoad load = new GrpcStopLoad(Integer.parseInt(args[0]), Integer.parseInt(args[3]));
        ManagedChannel[] shared = {load.channel(), load.channel()};
        Callers callers = new Callers();
        callers.add(Integer.parseInt(args[1]), "kept", i -> load.keepCalling(shared[i % shared.length]));
        callers.add(Integer.parseInt(args[2]), "fresh", i -> load.callAfresh());
        callers.run(load.good::get);
        load.lost.forEach(System.out::println);
        System.out.println("summary good=" + load.good + " lost=" + load.lost.size() + " refused=" + load.refused);
        // The channels' shared event loops would keep the process for a while.
        System.exit(0);
    }

    private ManagedChannel channel() {
        return NettyChannelBuilder.forAddress("127.0.0.1", port).usePlaintext().build();
    }

    private void keepCalling(ManagedChannel channel) {
        while (call(channel)) {
            Callers.pause();
        }
    }

    private void callAfresh() {
        boolean more = true;
        while (more) {
            ManagedChannel channel = channel();
            more = call(channel);
            channel.shutdown();
        }
    }

    /** False once no connection can be had. */
    private boolean call(ManagedChannel channel) {
        String path = ThreadLocalRandom.current().nextInt(16) == 0 ? "/slow?ms=" + slowMillis : "/hello";
        try {
            String answer = ClientCalls.blockingUnaryCall(
                    channel, AnswersMethod.GET, CallOptions.DEFAULT.withDeadlineAfter(20, TimeUnit.SECONDS), path);
            good.incrementAndGet();
            if (!answer.endsWith("\n")) {
                lost.add("wrong: " + answer);
            }
            return true;
        } catch (StatusRuntimeException e) {
            if (e.getStatus().getCode() == Status.Code.UNAVAILABLE && e.getCause() instanceof ConnectException) {
                refused.incrementAndGet();
                return false;
            }
            lost.add("lost " + path + ": " + e + " cause " + e.getCause());
            return true;
        }
    }
}
