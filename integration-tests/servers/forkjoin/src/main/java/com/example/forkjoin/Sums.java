// SPDX-License-Identifier: Apache-2.0
package com.example.forkjoin;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.RecursiveTask;
import java.util.stream.LongStream;

/** The same sum by fork and join, by a parallel stream and by chained futures: any task lost or doubled shows. */
final class Sums {
    private static final long LAST = 2_000;
    private static final long SUM = LAST * (LAST + 1) / 2;

    private final ForkJoinPool pool;

    Sums(ForkJoinPool pool) {
        this.pool = pool;
    }

    /** What is wrong with the results; empty if nothing is. */
    String wrong() {
        CompletableFuture<Long> low = CompletableFuture.supplyAsync(() -> new Sum(1, LAST / 2).compute());
        CompletableFuture<Long> high = CompletableFuture.supplyAsync(() -> new Sum(LAST / 2 + 1, LAST).compute(), pool);
        long forked = pool.invoke(new Sum(1, LAST));
        long streamed = LongStream.rangeClosed(1, LAST).parallel().sum();
        long chained = low.thenCombineAsync(high, Long::sum).join();
        return forked == SUM && streamed == SUM && chained == SUM
                ? ""
                : "wrong sum: forked " + forked + ", streamed " + streamed + ", chained " + chained;
    }

    private static final class Sum extends RecursiveTask<Long> {
        private static final long serialVersionUID = 1;
        private static final long BY_HAND = 64;

        private final long first;
        private final long last;

        Sum(long first, long last) {
            this.first = first;
            this.last = last;
        }

        @Override
        protected Long compute() {
            if (last - first < BY_HAND) {
                return LongStream.rangeClosed(first, last).sum();
            }
            long middle = (first + last) / 2;
            Sum left = new Sum(first, middle);
            left.fork();
            return new Sum(middle + 1, last).compute() + left.join();
        }
    }
}
