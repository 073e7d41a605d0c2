// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include "livesource.h"

#include <QSocketNotifier>
#include <QTimer>

#include <memory>
#include <optional>

using pcap_t = struct pcap;

/// Captures live through libpcap in this process. Packets arrive within a few milliseconds. On the capture's thread.
class PcapSource : public LiveSource
{
    Q_OBJECT
public:
    PcapSource(const CaptureRequest &request, SegmentQueue &queue);
    ~PcapSource() override;

    void start() override; ///< if a right is missing, another source may have it
    void stop() override;

private:
    std::optional<CaptureProblem> open();
    bool setFilter();
    int read(); ///< as pcap_dispatch()
    void end();
    void readOn();
    qint64 askDropped() const;
    void tellDropped();

    pcap_t *m_pcap = nullptr;
    std::unique_ptr<QSocketNotifier> m_readable;
    QTimer m_dropTimer;
    qint64 m_foreignDrops = 0; ///< packets of any connection, before the kernel had the filter
    qint64 m_dropped = 0;
};
