// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
//
// For the thread sanitizer's build alone. QProcess starts a child with clone(CLONE_VM | CLONE_VFORK). The sanitizer
// takes that for a fork() and, in what it thinks is the child's memory, notes that nothing may be believed any more: it is
// the parent's too, so that the thread that started a process is no longer looked at, and no new thread may start. This
// clone() stands before the sanitizer's, and is the C library's own.
#include <sys/types.h>

#include <cstdarg>

extern "C" {

int __clone(int (*function)(void *), void *stack, int flags, void *argument, ...);

int clone(int (*function)(void *), void *stack, int flags, void *argument, ...)
{
    va_list rest;
    va_start(rest, argument);
    auto *parentTid = va_arg(rest, pid_t *);
    void *tls = va_arg(rest, void *);
    auto *childTid = va_arg(rest, pid_t *);
    va_end(rest);
    return __clone(function, stack, flags, argument, parentTid, tls, childTid);
}

} // extern "C"
