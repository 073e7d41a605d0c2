// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include "capturerequest.h"
#include "capturesource.h"
#include "lastpackets.h"
#include "packetsink.h"

/// What the live sources share: each packet is kept in the capture's file, and the segments among them go into the
/// queue, batch by batch. On the capture's thread.
class LiveSource : public CaptureSource
{
    Q_OBJECT
protected:
    /// quietMs: as in LastPackets.
    LiveSource(const CaptureRequest &request, SegmentQueue &queue, int quietMs);

    const CaptureRequest &request() const { return m_request; }
    PacketSink &sink() { return m_sink; }
    LastPackets &lastPackets() { return m_lastPackets; }
    void finishBatch(); ///< after packets were given to the sink

private:
    const CaptureRequest m_request;
    PacketSink m_sink;
    LastPackets m_lastPackets;
    bool m_isKept = true;
};
