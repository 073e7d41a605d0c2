// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include "ladderrow.h"

#include <QObject>

class LadderModel;

/// The selection in the connection that a LadderModel shows: a step, or a segment and the step that goes with it. The
/// log with its details, the ladder and the Wire tab all follow this one object, and do not know each other. Owned by
/// the owner of the model, on its thread.
class Selection : public QObject
{
    Q_OBJECT
public:
    explicit Selection(const LadderModel &model, QObject *parent = nullptr);

    StepRow step() const { return m_step; }       ///< invalid: none
    FlowRow segment() const { return m_segment; } ///< of the model's flow; invalid: none

    /// by: the view whose user selected it; changed() tells.
    void selectStep(StepRow step, const QObject *by);
    /// The step that goes with the segment is selected, too.
    void selectSegment(FlowRow segment, const QObject *by);
    /// What a row of the ladder shows. step may be another one than that which goes with the segment.
    void selectRow(FlowRow segment, StepRow step, const QObject *by);

signals:
    void changed(const QObject *by); ///< it was selected there, and need not be shown there again

private:
    const LadderModel &m_model;
    StepRow m_step;
    FlowRow m_segment;
};
