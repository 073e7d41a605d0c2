// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "livesource.h"

LiveSource::LiveSource(const CaptureRequest &request, SegmentQueue &queue, int quietMs)
    : CaptureSource(queue)
    , m_request(request)
    , m_sink(request.file)
    , m_lastPackets(m_sink, quietMs)
{
}

/// The file is flushed first: who takes a segment finds its packet there.
void LiveSource::finishBatch()
{
    const bool isKept = m_sink.flush();
    queue().add(m_sink.takeSegments());
    tellLeftOut(m_sink.leftOut());
    if (!isKept && std::exchange(m_isKept, false))
        emit keepingFailed(m_sink.error());
    m_lastPackets.batched();
}

#include "moc_livesource.cpp"
