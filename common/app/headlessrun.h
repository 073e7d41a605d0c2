// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include "commandline.h"
#include "conversationcapture.h"
#include "conversationrecord.h"
#include "networkthread.h"
#include "output.h"

#include <memory>

/// A conversation without a window: prints steps to standard output as they come, and errors to standard error. Lives
/// on the main thread, which has a QCoreApplication; the sockets have a thread of their own.
class HeadlessRun : public QObject
{
    Q_OBJECT
public:
    static int run(const ServerOptions &options); ///< the exit status, when all is done
    static int run(const ClientOptions &options);

private:
    HeadlessRun(Side side, const CommonOptions &options);

    bool openCapture();
    void adopt(std::unique_ptr<Conversation> conversation); ///< starts its thread
    int exec();
    void print(const Step &step);
    void complain(const QString &sentence, const QString &where = {});
    void finish(int status);
    void conclude();
    void exitWhenPrinted();

    const Side m_side;
    const CommonOptions m_options;
    Output m_out;
    Output m_error;
    ConversationRecord m_record;
    FlowTable m_flows;                              ///< of the capture
    std::unique_ptr<ConversationCapture> m_capture; ///< with --capture
    std::unique_ptr<NetworkThread> m_network;
    int m_status = 0;
    bool m_connectsAgain = false; ///< after each failure, which is told at once
    std::vector<Step> m_heldBack; ///< failures of single addresses, while others may succeed
    bool m_complained = false;
    bool m_isTerminated = false; ///< by a signal
    bool m_finished = false;
    bool m_isConcluded = false;
};
