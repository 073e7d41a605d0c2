// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include "link/linkreport.h"
#include "tcpdump/tcpdumppages.h"

#include <QStringList>

#include <deque>
#include <map>
#include <optional>
#include <span>
#include <unordered_map>
#include <vector>

/// What an emulated link carries, while it does: the segments that each end has sent become rows of flows, with the way
/// of each (Transits), and what each end sees becomes flows and pages of its own. Puts together what LinkClient reports
/// and the segments of both files of the LinkRecorder; they may come in any order to each other. A row is added when it
/// departs; a copy that the link has made, when it arrives. Adding takes amortised constant time. Owned by the class
/// that shows it; does not own the table; one thread.
class LinkedFlows
{
public:
    /// A row of a flow of the table.
    struct Row {
        int flow = -1; ///< -1: none
        qsizetype row = -1;
        bool operator==(const Row &) const = default;
    };
    /// From this row on, a flow is not as before.
    struct Change {
        int flow = 0;
        qsizetype fromRow = 0;
    };

    /// Segment::payloadFile counts the files of a recording: of its own capture, and those of the link, by Side.
    static constexpr int firstFile = 1;

    /// flows, pages: where rows are added. files: those of the LinkRecorder, by Side.
    LinkedFlows(FlowTable &flows, TcpdumpPages &pages, QStringList files);

    const QStringList &files() const { return m_files; }
    /// Whether the link carries such segments. A capture of one of its devices has them, too.
    static bool carries(const Segment &segment);

    // Each returns what has changed, in no particular order.
    /// The next segments in the file of this end.
    std::vector<Change> addSegments(Side end, const std::vector<Segment> &segments);
    std::vector<Change> addReports(std::span<const LinkReport> reports);
    /// Some reports do not come: nobody knows what became of the packets that were on their way.
    std::vector<Change> missReports();

    /// The link's number of a row that is still on its way; 0: it is not.
    quint64 packetAt(Row row) const;
    /// Those of other rows on their way that carry the same positions, and the same flags: sent again, or before.
    std::vector<quint64> copiesOf(Row row) const;

    // What an end of the link sees, as tcpdump on its device.
    const FlowTable &flowsAt(Side end) const { return m_ends[size_t(end)].flows; }
    const TcpdumpPages &pagesAt(Side end) const { return m_ends[size_t(end)].pages; }
    int flowAt(Side end, int flow) const;                    ///< of a flow: that one there; -1: it has seen nothing
    Row rowOf(Side end, int flowThere, qsizetype row) const; ///< of a row there; none: it is not known (yet)
    qsizetype rowAt(Side end, Row row) const;                ///< of a row: that one there; -1: it has not seen it

private:
    enum class Way : quint8 { Sent, Arrived };
    /// A segment in the file of an end, and its place there.
    struct Seen {
        Segment segment;
        FlowTable::Place place;
    };
    struct Known {
        Row row; ///< none: its report has not come
        Way way = Way::Sent;
    };
    struct End {
        FlowTable flows;
        TcpdumpPages pages{flows};
        std::deque<Seen> waiting;              ///< for their reports
        std::array<quint32, 2> last{};         ///< frames that were reported, by Way
        std::vector<std::vector<Known>> rowOf; ///< by flow and row there
        std::vector<int> flowOf;               ///< by flow of the link: that one there
    };
    struct Packet {
        Row row;
        Side from = Side::Client;
        bool isCopy = false; ///< of that row
    };

    void takeReports();
    bool take(const LinkReport &report);
    bool takeDeparture(const LinkReport &report);
    bool takeArrival(const LinkReport &report);
    void takeLoss(const LinkReport &report);
    bool takeSegment(Side end, Way way, quint32 frame, std::optional<Seen> &seen);
    Row append(const Segment &segment, bool isLost);
    Transits::Line join(Side end, Way way, const Seen &seen, Row row);
    void takeState(Side end, const FlowTable::Place &there);
    void change(Row row) { m_changes.push_back({row.flow, row.row}); }

    FlowTable &m_flows;
    TcpdumpPages &m_pages;
    const QStringList m_files;
    std::array<End, 2> m_ends; ///< by Side
    std::deque<LinkReport> m_reports;
    std::unordered_map<quint64, Packet> m_onTheirWay;        ///< by their numbers
    std::map<std::pair<int, qsizetype>, quint64> m_packetAt; ///< the same by their rows, without copies
    std::vector<Change> m_changes;
};
