// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include "base/side.h"

#include <QByteArray>
#include <QString>

#include <deque>

using pcap_t = struct pcap;
using pcap_dumper_t = struct pcap_dumper;

/// Captures a device of the link into a pcap file, as tcpdump does: in the order of the kernel, with its times. Tells
/// the place of each packet that the link reads from the device or writes to it. Used by one thread; never blocks.
class DeviceRecorder
{
public:
    /// Which way a packet goes at this device: the kernel has sent it, or the link has written it.
    enum class Way : quint8 { Sent, Arrived };
    struct Place {
        quint32 frame = 0; ///< the packet's number in the file, from 1
        qint64 timeNs = 0; ///< since 1970-01-01T00:00:00Z, in whole microseconds
    };

    explicit DeviceRecorder(Side end);
    ~DeviceRecorder();
    Q_DISABLE_COPY_MOVE(DeviceRecorder)

    QString begin(const QString &path); ///< returns why it cannot record, or nothing
    quint32 frames() const { return m_frames; }

    /// The place of a packet that has just gone this way. If the kernel has lost it from its buffer, it is added to the
    /// file with this time.
    Place placeOf(const QByteArray &packet, Way way, qint64 timeNs);
    bool flush(); ///< others can read what was captured; false: the file cannot be written

private:
    /// A captured packet whose place was not asked for yet.
    struct Seen {
        size_t hash = 0;
        Place place;
    };

    static void take(unsigned char *recorder, const struct pcap_pkthdr *header, const unsigned char *bytes);
    Place write(const struct pcap_pkthdr &header, const unsigned char *bytes);
    void drain();

    const Side m_end;
    pcap_t *m_pcap = nullptr;
    pcap_dumper_t *m_dumper = nullptr;
    quint32 m_frames = 0;
    std::array<std::deque<Seen>, 2> m_seen; ///< by Way, in the order of the kernel
};
