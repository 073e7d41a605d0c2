// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include "app/export.h"

#include <QMenu>

#include <functional>
#include <memory>

class FileWindow;
class StatusLine;

/// The Session menu: Open, Open Example, Watch a Port, Export and Quit, in windows of all kinds. What is opened gets a window of its own.
/// Owned by a window's menu bar.
class SessionMenu : public QMenu
{
    Q_OBJECT
public:
    /// What Export writes.
    struct Source {
        ExportSource files;
        const LadderModel *ladder = nullptr; ///< what the window shows; null: ladders are made from the files
        QString name;                        ///< proposed for the file, without a suffix
    };

    SessionMenu(std::function<Source()> source, QWidget *window);
    ~SessionMenu() override; ///< waits for an export that runs

    void tellIn(StatusLine &notices); ///< what exported() and failed() say
    QAction *quitAction() const { return m_quit; }
    void openFile(const QString &path); ///< a session or a capture, in a window of its own
    void exportTo(const QString &path); ///< exported() or failed() follows

    /// The kinds of file that can be made of a source, as a dialog's name filters.
    static QStringList exportFilters(const ExportSource &source);

signals:
    void failed(const QString &sentence);
    void exported(const QString &sentence);
    void closeRequested();

private:
    void addExamples();
    void chooseFile();
    void choosePort();
    void chooseExport();
    void show(std::unique_ptr<FileWindow> opened);
    void tell(const ExportOutcome &outcome, const QString &path);

    std::function<Source()> m_source;
    QWidget *m_window;
    QAction *m_quit;
};
