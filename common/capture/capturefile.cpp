// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "capturefile.h"

#include "packets/decoder.h"

#include <pcap/pcap.h>

#include <algorithm>

CaptureFile::CaptureFile(const QString &path)
    : m_file(path)
{
}

CaptureFile::State CaptureFile::read(qsizetype maxPackets, std::vector<Segment> &segments)
{
    if (!m_sentence.isEmpty())
        return State::Broken;
    for (; maxPackets > 0; --maxPackets) {
        switch (m_file.next()) {
        case PacketFile::State::Packet:
            if (!take(segments))
                return State::Broken;
            break;
        case PacketFile::State::More:
            return State::More;
        case PacketFile::State::End:
            return State::End;
        case PacketFile::State::Broken:
            return State::Broken;
        }
    }
    return State::More;
}

void CaptureFile::readRest(const Take &take)
{
    std::vector<Segment> segments;
    State state = State::More;
    do {
        segments.clear();
        state = read(packetsAtOnce, segments);
    } while (take(segments) && state == State::More);
}

LeftOut CaptureFile::leftOut() const
{
    LeftOut all = m_leftOut;
    all.setDropped(m_file.drops());
    return all;
}

/// False: no packet of this file can be decoded.
bool CaptureFile::take(std::vector<Segment> &segments)
{
    const CaptureReader &reader = m_file.reader();
    const int linkType = reader.interfaces()[size_t(reader.interface())].linkType;
    if (reader.isPcap() && !Decoder::knows(linkType)) {
        const char *name = pcap_datalink_val_to_name(linkType);
        m_sentence = tr("The capture has the link type %1 (%2), which TCP Steps cannot read")
                         .arg(linkType)
                         .arg(QString::fromLatin1(name ? name : "?"));
        return false;
    }
    const qint64 timeUs = reader.packet().timeUs;
    m_firstUs = m_firstUs == 0 ? timeUs : std::min(m_firstUs, timeUs);
    m_lastUs = std::max(m_lastUs, timeUs);
    Segment segment;
    const Decoded kind = Decoder::decode(linkType, reader.packet(), segment);
    m_leftOut.add(kind, linkType);
    if (kind == Decoded::Segment)
        segments.push_back(std::move(segment));
    return true;
}
