// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "jointpackets.h"

#include "capture/packetfile.h"
#include "capture/pcapngwriter.h"

#include <QFileInfo>

#include <set>

namespace {

/// The packets of one of the captures.
class PacketSeries
{
public:
    PacketSeries(const JointCapture &joint, size_t capture, int connection)
        : m_joint(joint)
        , m_capture(capture)
        , m_file(joint.end(capture).path())
        , m_isFiltered(connection > 0)
    {
        const int flow = m_isFiltered ? joint.origin(connection - 1).flows[capture] : -1;
        if (flow < 0)
            return;
        const Flow &rows = joint.end(capture).flows().at(flow);
        for (qsizetype row = 0; row < rows.count(); ++row)
            m_frames.insert(rows.at(row).frame);
    }

    /// False: there is no further packet.
    bool next()
    {
        for (;;) {
            const PacketFile::State state = m_file.next();
            if (state == PacketFile::State::More)
                continue;
            if (state != PacketFile::State::Packet)
                return m_hasPacket = false;
            if (m_isFiltered && !m_frames.contains(packet().frame))
                continue;
            return m_hasPacket = true;
        }
    }

    bool hasPacket() const { return m_hasPacket; }
    const CapturedPacket &packet() const { return m_file.reader().packet(); }
    qint64 timeUs() const { return m_joint.timeUs(m_capture, packet().timeUs); }
    qint64 position() const { return m_file.position(); }

    /// interfaces: how many the writer has.
    bool write(PcapngWriter &writer, quint32 &interfaces)
    {
        const CaptureReader &reader = m_file.reader();
        while (qsizetype(m_interfaces.size()) <= reader.interface()) {
            if (!writer.addInterface(reader.interfaces()[m_interfaces.size()]))
                return false;
            m_interfaces.push_back(interfaces++);
        }
        return writer.write(packet(), reader.comments(), m_interfaces[size_t(reader.interface())]);
    }

    bool writeDrops(PcapngWriter &writer) const
    {
        const quint64 drops = m_file.drops();
        return drops == 0 || m_interfaces.empty() || writer.writeDrops(drops, m_interfaces.front());
    }

private:
    const JointCapture &m_joint;
    const size_t m_capture;
    PacketFile m_file;
    const bool m_isFiltered;
    std::set<quint32> m_frames; ///< of the connection
    bool m_hasPacket = false;
    std::vector<quint32> m_interfaces; ///< by interface of the file: that of the writer
};

} // namespace

void writeJointPackets(const JointCapture &joint, int connection, QIODevice &to, ExportProgress &progress)
{
    PacketSeries first(joint, 0, connection);
    PacketSeries second(joint, 1, connection);
    const qint64 size = QFileInfo(joint.end(0).path()).size() + QFileInfo(joint.end(1).path()).size();
    PcapngWriter writer(to);
    quint32 interfaces = 0;
    bool goesOn = writer.begin();
    first.next();
    second.next();
    while (goesOn && !progress.isCancelled() && (first.hasPacket() || second.hasPacket())) {
        const bool isFirst = first.hasPacket() && (!second.hasPacket() || first.timeUs() <= second.timeUs());
        PacketSeries &series = isFirst ? first : second;
        goesOn = series.write(writer, interfaces);
        series.next();
        progress.set(first.position() + second.position(), size);
    }
    if (goesOn && first.writeDrops(writer))
        second.writeDrops(writer);
}
