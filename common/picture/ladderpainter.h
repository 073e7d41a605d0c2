// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include "ladder/ladderscene.h"

#include <QFont>
#include <QPalette>

class QPainter;

/// What to highlight.
struct LadderMarks {
    LadderIndex current;           ///< the selected row
    LadderIndex hovered;           ///< the row under the mouse
    std::vector<LadderIndex> rows; ///< of the selected step, ascending
    LadderIndex ackRow;            ///< the row that acknowledges the step
    StepRow step;                  ///< the selected step
    bool hasFocus = false;
};

/// Paints a LadderScene, and decides only how things look: a segment that opens a connection has a ring at its tail,
/// one that closes it a double bar, a reset has a cross as its head, and a segment without bytes an open head. A lost
/// segment ends half-way in a cross. A segment that is not known to have arrived ends half-way without a head.
/// A copy that the network made starts half-way with a fork.
/// An ICMP error is dotted, in a colour of its own; it starts half-way if a router sent it. Inferred items are hollow
/// or dashed. All colours come from the palette and from Colors. A plain value; any thread that may paint.
class LadderPainter
{
public:
    LadderPainter(const QFont &font, const QPalette &palette);

    QColor background() const { return m_base; }
    void paint(QPainter &painter, const LadderScene &scene, const LadderMarks &marks = {}) const;

    /// The colours of all text, each with its background colour.
    std::vector<std::pair<QColor, QColor>> textOnBackground() const;

private:
    enum class Mark : quint8 { None, Hovered, Ack, Step, Current };

    static Mark markOf(LadderIndex row, const LadderMarks &marks);
    void paintRows(QPainter &painter, const LadderScene &scene, const LadderMarks &marks) const;
    void paintBand(QPainter &painter, const LadderBand &band, double unit) const;
    void paintTicks(QPainter &painter, const LadderScene &scene) const;
    void paintArrow(QPainter &painter, const LadderArrow &arrow, double unit, Mark mark) const;
    void paintTail(QPainter &painter, const LadderArrow &arrow, QPointF along, double unit) const;
    void paintHead(QPainter &painter, const LadderArrow &arrow, QPointF along, double unit) const;
    void paintLabel(QPainter &painter, const LadderLabel &label, double unit, const LadderMarks &marks) const;
    QFont fontOf(const LadderLabel &label) const;
    QColor backgroundOf(Mark mark) const;
    QColor bandColor(TcpState state) const;

    QFont m_font;
    QColor m_base;
    QColor m_text;
    QColor m_quiet; ///< text
    QColor m_line;  ///< lifelines
    QColor m_accent;
    QColor m_error; ///< ICMP errors
    QColor m_box;
};
