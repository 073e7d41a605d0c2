// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "sentbytes.h"

qint64 SentBytes::notSent(const Descriptor::Info &info) const
{
    return qMax<qint64>(0, qint64(info.notSent) - (m_hasFin ? 1 : 0));
}

qint64 SentBytes::notAcknowledged(const Descriptor::Info &info) const
{
    return m_handedOver - qBound<qint64>(0, acknowledged(info), m_handedOver);
}

bool SentBytes::isFinAcknowledged(const Descriptor::Info &info) const
{
    return m_hasFin && acknowledged(info) > m_handedOver;
}

/// One more than was handed over if FIN is acknowledged, too.
qint64 SentBytes::acknowledged(const Descriptor::Info &info) const
{
    return qint64(info.bytesAcked) - (m_hasSentSyn ? 1 : 0);
}
