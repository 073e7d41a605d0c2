// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "lastpackets.h"

#include "packetsink.h"

#include <chrono>

LastPackets::LastPackets(const PacketSink &sink, int quietMs)
    : m_sink(sink)
    , m_timer(this)
{
    m_timer.setSingleShot(true);
    m_timer.setInterval(quietMs);
    m_timer.setTimerType(Qt::PreciseTimer);
    connect(&m_timer, &QTimer::timeout, this, &LastPackets::read);
}

void LastPackets::await()
{
    if (m_stopUs != 0)
        return;
    const auto now = std::chrono::system_clock::now().time_since_epoch(); // the clock that packets are stamped with
    m_stopUs = std::chrono::duration_cast<std::chrono::microseconds>(now).count();
    m_timer.start();
}

void LastPackets::batched()
{
    if (m_timer.isActive() && !arePast())
        m_timer.start();
}

bool LastPackets::arePast() const
{
    return m_sink.lastUs() > m_stopUs;
}

void LastPackets::cancel()
{
    m_timer.stop();
}

#include "moc_lastpackets.cpp"
