// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QDialog>
#include <QTextDocument>

class QLabel;
class QLineEdit;
class QTextBrowser;
class QToolButton;
class QUrl;

/// Shows the guide's pages, with links, a way back, and a search in the page. Not modal; owned by a main window.
class GuideWindow : public QDialog
{
    Q_OBJECT
public:
    explicit GuideWindow(QWidget *parent);

    void showPage(const QString &page); ///< named as in guide.h; brings the window to the front

protected:
    void showEvent(QShowEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    QToolButton *addButton(const QString &text, const char *objectName, const QKeySequence &key);
    void createSearch();
    void showSource(const QUrl &source);
    void find(QTextDocument::FindFlags flags);
    void findTyped();

    QTextBrowser *m_browser;
    QLineEdit *m_search;
    QLabel *m_found;
};
