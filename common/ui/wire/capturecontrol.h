// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include "app/conversationcapture.h"
#include "app/lablauncher.h"
#include "export/exportsource.h"
#include "ui/tools/fileopener.h"

class CapturePanel;
class StatusLine;

/// The capture of a window, and the only object that the window asks about it. Reports its state in the log and in
/// notices, opens capture files, and serves the panel that says how to capture. Owned by a window, on its thread.
class CaptureControl : public ConversationCapture
{
    Q_OBJECT
public:
    /// path, flows: as in ConversationCapture.
    CaptureControl(Side side, const QString &path, const FlowTable &flows, StatusLine &notices, QObject *parent);

    ExportSource exportSource(const QString &session) const; ///< the captured packets and the session

    /// Keeps the panel up to date and connects its buttons.
    void serve(CapturePanel *panel);

    void openCapture(QWidget *window); ///< asks for a file and follows it

signals:
    void logged(const Step &step); ///< an event for the session's file
    void showHowRequested();       ///< the user asked for the panel

private:
    void log(const QString &sentence);
    void tellProblem(const CaptureProblem &problem);

    const Side m_side;
    StatusLine &m_notices;
    LabLauncher m_lab;
    FileOpener m_opener;
    QString m_told; ///< the last problem, which is not reported twice
};
