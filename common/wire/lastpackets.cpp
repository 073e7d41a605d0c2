// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "lastpackets.h"

#include "packetsink.h"

#include "steps/step.h"

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
    m_stopUs = StepTime::now().wallUs;
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
