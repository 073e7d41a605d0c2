// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include "packets/decoder.h"

#include <QCoreApplication>

#include <array>
#include <cstdio>
#include <memory>
#include <vector>

struct pcap;

/// A capture in pcap or pcapng (through libpcap), read in pieces, also while another program still writes it. Nothing
/// blocks for longer than the disk does. Any one thread.
class CaptureFile
{
    Q_DECLARE_TR_FUNCTIONS(CaptureFile)

public:
    enum class State {
        More,   ///< read() again
        End,    ///< all that is in the file has been read; more may be written to it, then read() again gives that
        Broken, ///< it cannot be read, or no further; see sentence()
    };

    static constexpr qsizetype packetsAtOnce = 4096; ///< to read in one go, where nothing else decides

    explicit CaptureFile(const QString &path);
    ~CaptureFile();
    Q_DISABLE_COPY_MOVE(CaptureFile)

    /// Reads up to mostPackets packets and appends those that are segments.
    State read(qsizetype mostPackets, std::vector<Segment> &segments);

    /// What is wrong, for people: why it is Broken, or at its End, what the file ends in the middle of. Empty: nothing
    /// is.
    const QString &sentence() const { return m_sentence; }
    /// How many packets of a kind have been read.
    quint32 count(Decoded kind) const { return m_counts[size_t(kind)]; }
    quint32 packets() const { return m_packets; }
    qint64 position() const { return m_wholeEnd; } ///< in the file, behind what has been read

private:
    struct Close {
        void operator()(pcap *capture) const;
        void operator()(std::FILE *file) const;
    };

    State open();
    State openFile();
    State failed();
    State broken(const QString &sentence);
    qint64 wholeRecordsEnd(qint64 position) const;

    const QString m_path;
    std::unique_ptr<std::FILE, Close> m_unread; ///< until libpcap takes it over
    std::unique_ptr<pcap, Close> m_capture;     ///< null: not even its header is there
    qint64 m_wholeEnd = 0;                      ///< where the last packet that was read whole ends
    int m_linkType = 0;
    bool m_isPcapng = false;
    State m_state = State::More;
    QString m_sentence;
    quint32 m_packets = 0;
    std::array<quint32, 5> m_counts{}; ///< by Decoded
};
