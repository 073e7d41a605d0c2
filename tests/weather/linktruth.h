// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include "link/linkevent.h"
#include "positions.h"

#include <QHash>

#include <vector>

/// What the link knows about the packets of one connection.
class LinkTruth
{
public:
    /// A packet that one end has sent. Copies that the network made are arrivals of the same packet.
    struct Packet {
        Side from = Side::Client;
        Segment segment;
        qint64 start = 0; ///< positions in the stream of its sender: 0 is the SYN
        qint64 end = 0;
        bool isCorrupted = false;
        bool repeats = false;   ///< some of it had departed before
        bool wasThere = false;  ///< all of it had arrived before it departed
        bool sentAgain = false; ///< some of it departed later, too
        int arrivals = 0;
        int accepted = 0; ///< arrivals that TCP did not discard; see noteAccepted()

        bool hasArrived() const { return accepted > 0; }
        QString text() const;
    };

    explicit LinkTruth(const std::vector<LinkEvent> &events);

    /// TCP has taken an arrival of this packet: its checksum was right, and its timestamp not too old.
    void noteAccepted(size_t packet) { ++m_packets[packet].accepted; }

    const std::vector<Packet> &packets() const { return m_packets; }
    const Packet &at(size_t packet) const { return m_packets[packet]; }
    /// Indexes of packets, in the order in which this end sent them.
    const std::vector<size_t> &departures(Side from) const { return m_departures.at(size_t(from)); }
    /// Indexes of packets, in the order in which they arrived at this end.
    const std::vector<size_t> &arrivals(Side at) const { return m_arrivals.at(size_t(at)); }

private:
    /// One direction.
    struct Stream {
        quint32 isn = 0;
        Positions departed;
        Positions arrived;
    };

    void depart(const LinkEvent &event);
    void arrive(quint64 id);
    void noteSentAgain();

    std::vector<Packet> m_packets;
    QHash<quint64, size_t> m_byId; ///< also of copies
    std::array<Stream, 2> m_streams;
    std::array<std::vector<size_t>, 2> m_departures;
    std::array<std::vector<size_t>, 2> m_arrivals;
};
