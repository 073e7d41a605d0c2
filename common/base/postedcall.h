// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include <utility>

#ifdef __SANITIZE_THREAD__
#include <sanitizer/tsan_interface.h>
#endif

/// A call on its way to another thread, through Qt's event queue. A distribution's Qt is not built for the thread
/// sanitizer, which so cannot see that the queue orders posting before calling: this says it, of each call by itself.
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
    ~PostedCall() { arrived(); } // also of a call that never comes
    PostedCall(const PostedCall &) = delete;
    PostedCall &operator=(const PostedCall &) = delete;
    PostedCall &operator=(PostedCall &&) = delete;

    void operator()()
    {
        arrived();
        m_f();
    }

private:
#ifdef __SANITIZE_THREAD__
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
