// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include "filebytes.h"
#include "packetinterface.h"
#include "packets/capturedpacket.h"
#include "packettime.h"

#include <QCoreApplication>
#include <QStringList>

#include <vector>

/// Reads the packets of a pcap or pcapng file, in either byte order and every resolution of time, also while the file
/// grows: pcap since version 2.0, with micro- or nanoseconds, and Kuznetsov's variant; pcapng
/// (draft-ietf-opsawg-pcapng) with several sections, and interfaces of any link type. Any one thread.
class CaptureReader
{
    Q_DECLARE_TR_FUNCTIONS(CaptureReader)

public:
    enum class State {
        Packet, ///< there is a packet()
        End,    ///< the file has been read; if it grows, next() continues
        Broken, ///< the file cannot be read (further)
    };

    static constexpr quint32 maxPacketBytes = 262144; ///< captured; a longer packet means damage

    explicit CaptureReader(int descriptor); ///< takes it

    State next();

    const CapturedPacket &packet() const { return m_packet; } ///< valid until next()
    QStringList comments() const;                             ///< of packet(): its comments in pcapng
    /// Of packet(), as an index of interfaces().
    qsizetype interface() const { return m_interface; }
    /// All those that next() has passed; the interfaces of a pcap file and of each section of a pcapng file.
    const std::vector<PacketInterface> &interfaces() const { return m_interfaces; }
    bool isPcap() const { return m_format == Format::Pcap; }

    /// Why it is Broken or, at the End, in what the file ends. Empty: nothing is wrong.
    const QString &sentence() const { return m_sentence; }
    quint32 packets() const { return m_packets; }
    /// How many packets were dropped while capturing, as pcapng's interface statistics tell so far.
    quint64 drops() const;
    qint64 position() const { return m_position; } ///< in the file, after what has been read

private:
    enum class Format { Unknown, Pcap, Pcapng };
    /// A block of pcapng without its header and its last word.
    struct Body {
        const uchar *data = nullptr;
        quint32 size = 0;
        qint64 at = 0; ///< in the file
    };

    State readFormat();
    State readPcapHeader(quint32 magic);
    State readRecord();
    State readBlock();
    State readSection(const Body &body);
    State readInterface(const Body &body);
    State readTimed(const Body &body, bool isObsolete);
    State readSimple(const Body &body);
    void readStatistics(const Body &body);
    void readInterfaceOptions(const Body &body, PacketInterface &interface, PacketTime &time) const;
    State take(qsizetype interface, const Body &body, quint32 at, quint32 captured, quint32 length);
    void setTime(quint32 high, quint32 low);
    State atEnd();
    State broken(const QString &sentence);
    State damaged(const QString &why);

    quint16 number16(const uchar *at) const;
    quint32 number32(const uchar *at) const;

    FileBytes m_file;
    Format m_format = Format::Unknown;
    bool m_isSwapped = false; ///< written in the other byte order
    quint32 m_recordHeaderBytes = 0;
    quint16 m_minorVersion = 0;
    std::vector<PacketInterface> m_interfaces;
    std::vector<PacketTime> m_times; ///< by interface
    std::vector<quint64> m_dropsOf;  ///< by interface
    size_t m_section = 0;            ///< the first interface of this section
    CapturedPacket m_packet;
    Body m_options; ///< of m_packet
    qsizetype m_interface = 0;
    quint32 m_packets = 0;
    qint64 m_position = 0;
    State m_state = State::Packet;
    QString m_sentence;
};
