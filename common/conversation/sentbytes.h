// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include "descriptor.h"

/// How far the bytes that were handed to the kernel have come: which have left, and which the peer's TCP has
/// acknowledged. The kernel counts SYN and FIN as bytes; this does not. Pure; a part of a TcpStream.
class SentBytes
{
public:
    explicit SentBytes(bool hasSentSyn) ///< the connecting end has; the other end's SYN is not counted
        : m_hasSentSyn(hasSentSyn)
    {
    }

    void handOver(qint64 bytes) { m_handedOver += bytes; }
    void handOverFin() { m_hasFin = true; }
    bool hasFin() const { return m_hasFin; } ///< the kernel has this end's FIN

    qint64 notSent(const Descriptor::Info &info) const; ///< bytes that the kernel has and that have not left
    qint64 notAcknowledged(const Descriptor::Info &info) const;
    bool isFinAcknowledged(const Descriptor::Info &info) const;

private:
    qint64 acknowledged(const Descriptor::Info &info) const;

    qint64 m_handedOver = 0;
    bool m_hasSentSyn;
    bool m_hasFin = false;
};
