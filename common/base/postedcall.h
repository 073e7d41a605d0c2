// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include <utility>

#ifdef TCPSTEPS_SANITIZED_THREAD
#include <sanitizer/tsan_interface.h>
#endif

/// A call that is posted to another thread through Qt's event queue. Distributions do not build Qt for the thread
/// sanitizer, so the sanitizer does not know that the queue orders posting before calling. This class announces that
/// order for each call.
template<typename F>
class PostedCall
{
public:
    explicit PostedCall(F f)
        : m_f(std::move(f))
    {
    }
    PostedCall(PostedCall &&other) noexcept
        : m_f(std::move(other.m_f))
    {
        posted();
    }
    // Runs also if the call is never delivered.
    ~PostedCall() { arrived(); }
    PostedCall(const PostedCall &) = delete;
    PostedCall &operator=(const PostedCall &) = delete;
    PostedCall &operator=(PostedCall &&) = delete;

    void operator()()
    {
        arrived();
        m_f();
    }

private:
#ifdef TCPSTEPS_SANITIZED_THREAD
    void posted()
    {
        __tsan_release(this);
    }
    void arrived()
    {
        __tsan_acquire(this);
    }
#else
    void posted() { }
    void arrived() { }
#endif

    F m_f;
};
